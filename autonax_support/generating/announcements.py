"""Three years of announcements, so that their list has pages too; most of what is older has been read by everybody."""

from datetime import UTC, datetime, timedelta

from announcements.models import Announcement, Receipt
from autonax_support.accounts.models import User
from autonax_support.generating.phrases import Phrasebook
from autonax_support.generating.seeding import seeded
from autonax_support.generating.world import DAYS, Plan

COUNT, UNREAD = 40, 3
BATCH = 500


def announce(plan: Plan) -> None:
    author = User.objects.get(username="manager1")
    if Announcement.objects.filter(author=author).exists():
        return
    rng, book = seeded(plan.seed, "announcements"), Phrasebook(plan.seed)
    until = datetime.fromtimestamp(plan.until, UTC)
    rows = []
    for place in range(COUNT):
        at = until - timedelta(days=DAYS * (COUNT - place) / COUNT - 1)
        body = "\n\n".join(book.say("answer", rng).text for _ in range(4))
        rows.append(Announcement(title=book.say("subject", rng).text, body=body, published_at=at, created_at=at, author=author))
    Announcement.objects.bulk_create(rows)
    people = list(User.objects.filter(office__isnull=False).values_list("pk", flat=True)[:BATCH])
    read = [Receipt(announcement=row, user_id=person, read_at=row.published_at) for row in rows[:-UNREAD] for person in people]
    Receipt.objects.bulk_create(read, batch_size=BATCH)
