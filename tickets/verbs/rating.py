from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from autonax_support.accounts.models import User
from tickets.models.message import Message
from tickets.models.rating import Rating
from tickets.models.refused import Refused
from tickets.verbs.acting import Acting

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class RatingVerbs(Acting):
    def rate(self: Ticket, *, by: User, at: datetime, stars: int, remark: str = "") -> Rating:
        """The office's stars, once per ticket: any clerk of the office may change them while the time lasts."""
        with self._acting("rate", by=by, at=at) as act:
            act.moves = False
            if self.first_answered_at is None:
                raise Refused("پس از نخستین پاسخ کارشناس می‌توانید امتیاز دهید.")
            if not self.can_be_rated_at(at):
                raise Refused("زمان ثبت یا تغییر امتیاز این تیکت تمام شد.")
            if stars not in range(1, 6):
                raise Refused("تعداد ستاره را انتخاب کنید.")
            act.facts = {"stars": stars}
            answer = self.messages.filter(kind=Message.Kind.ANSWER).order_by("-id")[0]
            values = {
                "rated_by": by,
                "stars": stars,
                "remark": remark,
                "expert_id": answer.author_id,
                "department_id": self._department_of(answer),
                "at": at,
            }
            rating, _ = Rating.objects.update_or_create(ticket=self, defaults=values)
            return rating

    def _department_of(self: Ticket, answer: Message) -> int:
        """Where the ticket was when this was answered: what the next transfer took it away from, else where it is now."""
        later = self.events.filter(id__gt=self.events.get(message=answer).pk, before__has_key="department_id").order_by("id").first()
        return later.before["department_id"] if later else self.department_id
