import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0001_announcements_and_receipts"),
        ("notices", "0005_what_notices_are_about"),
        ("tickets", "0012_until_when_new_tickets_were_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="department",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="tickets.department",
                verbose_name="بخش",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", False), ("kind", "queue_digest")),
                    models.Q(models.Q(("kind", "queue_digest"), _negated=True), ("department", None)),
                    _connector="OR",
                ),
                name="notice_of_a_department",
            ),
        ),
    ]
