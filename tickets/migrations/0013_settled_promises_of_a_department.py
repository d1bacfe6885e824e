from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0012_until_when_new_tickets_were_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(condition=models.Q(("answered__isnull", False)), fields=["department", "-answered"], name="promise_settled"),
        ),
    ]
