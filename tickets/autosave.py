"""What scripts save while a person writes, and what a page leaves behind; the answers are for scripts, the sentences in them for people."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from autonax_support.accounts.access import wants_json
from autonax_support.persian.calendar import clock
from tickets.models import Message
from tickets.writing import KEPT_FIELDS, AlreadySent, Stale, Writing, says_no_more_than

OTHER_PAGE = "این پیش‌نویس در صفحه دیگری هم باز است و آنجا تغییر کرده است."
SENT_BEFORE = "این متن پیش‌تر فرستاده شده است. آنچه اکنون می‌نویسید، پیش‌نویس جداگانه‌ای می‌شود."
OUT_OF_REACH = "این فرم دیگر برای حساب شما باز نیست و متن آن ذخیره نمی‌شود. متن را کپی کنید و صفحه را تازه کنید."


def save(request: HttpRequest, writing: Writing, at: datetime) -> HttpResponse:
    """A script that waits for the answer is told of conflicts; what a page leaves behind (a beacon) has nobody left to tell."""
    if not wants_json(request):
        writing.keep(request, at)
        writing.drop_if_empty()
        return HttpResponse(status=204)
    try:
        writing.save_text(request, at)
    except AlreadySent as again:
        return _sent_before(request, writing, again.message)
    except Stale:
        writing.set_aside(request, at)
        return _other_page(writing)
    writing.forget_aside()
    writing.drop_if_empty()
    draft = writing.draft
    message = f"پیش‌نویس ذخیره شد، ساعت {clock(draft.updated_at)}" if draft else ""
    return JsonResponse({"version": writing.version, "message": message})


def out_of_reach() -> JsonResponse:
    return JsonResponse({"message": OUT_OF_REACH}, status=404)


def _other_page(writing: Writing) -> JsonResponse:
    theirs = {name: writing.draft.data.get(name, "") for name in KEPT_FIELDS[writing.kind] if name != "then"}
    return JsonResponse({"message": OTHER_PAGE, "version": writing.draft.version, "theirs": theirs}, status=409)


def _sent_before(request: HttpRequest, writing: Writing, message: Message) -> JsonResponse:
    """The page goes on under a new key, which it gets here. It stores nothing: the page may just have sent this very text itself."""
    if says_no_more_than(message, writing.kind, request):
        return JsonResponse({"version": 0, "message": ""})
    fresh = Writing(writing.owner, writing.kind, writing.ticket, uuid4())
    fields = {"submission_key": fresh.key, "draft_token": fresh.token, "draft_version": 0, "draft_page": fresh.page}
    return JsonResponse({"message": SENT_BEFORE, "address": reverse("drafts:draft", args=[fresh.key]), "fields": fields}, status=409)
