from django import forms
from django.utils import timezone

from announcements.limits import BODY_MAX, TITLE_MAX
from announcements.models import Announcement
from announcements.models.announcement import EXPIRES_TOO_EARLY
from autonax_support.persian.forms import LineField, TextField
from autonax_support.persian.numbers import grouped

BODY_HELP = "تیتر با ## و پررنگ با **دو ستاره** نوشته می‌شود، فهرست با - یا ۱. در آغاز سطر، لینک به شکل [نوشته](https://example.ir)."
EDIT_ASK = "{count} نفر پیش‌تر اعلام آگاهی کرده‌اند. این تغییر چیست؟"
EDIT_CHOOSE = "یکی از دو گزینه را انتخاب کنید."


class Edit:
    FIX = "fix"
    NEW = "new"
    CHOICES = ((FIX, "اصلاح نگارشی؛ اعلام‌ها می‌ماند"), (NEW, "نسخه جدید؛ همه دوباره اعلام آگاهی کنند"))


class AnnouncementForm(forms.ModelForm):
    title = LineField(max_length=TITLE_MAX, label="عنوان", widget=forms.TextInput(attrs={"class": "vLargeTextField", "dir": "auto"}))
    body = TextField(
        max_length=BODY_MAX,
        label="متن",
        help_text=BODY_HELP,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 16, "dir": "auto"}),
    )
    edit = forms.ChoiceField(label="این تغییر", choices=Edit.CHOICES, widget=forms.RadioSelect, required=False)

    class Meta:
        model = Announcement
        fields = ("title", "body", "kind", "level", "published_at", "expires_at", "pinned", "needs_confirmation")
        help_texts = {
            "kind": "هر دو نوع را همه دفترها می‌بینند.",
            "published_at": "تا وقتی خالی است، پیش‌نویس می‌ماند. پس از انتشار تغییر نمی‌کند.",
            "expires_at": "از این زمان دیگر دیده نمی‌شود. اگر خالی بماند، پایان ندارد.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.is_out = self.instance.is_out(timezone.now())
        if "published_at" in self.fields:
            self.fields["published_at"].disabled = self.is_out
        confirmed = self.instance.confirmations().count() if self.instance.pk else 0
        if confirmed and "edit" in self.fields:
            self.fields["edit"].label = EDIT_ASK.format(count=grouped(confirmed))
        else:
            self.fields.pop("edit", None)

    def clean(self) -> dict:
        given = super().clean() or self.cleaned_data
        if self._publishes_now and "published_at" not in self.errors:
            given["published_at"] = timezone.now()
        published, expires = given.get("published_at"), given.get("expires_at")
        if published and expires and expires <= published:
            self.add_error("expires_at", EXPIRES_TOO_EARLY)
        if "edit" in self.fields and self._says_something_else(given) and not given.get("edit"):
            self.add_error("edit", EDIT_CHOOSE)
        return given

    @property
    def is_new_version(self) -> bool:
        return self.cleaned_data.get("edit") == Edit.NEW

    @property
    def moves_publication(self) -> bool:
        return "published_at" in self.changed_data or self._publishes_now

    @property
    def _publishes_now(self) -> bool:
        return "_publish" in self.data and not self.data.get("published_at") and not self.is_out

    def _says_something_else(self, given: dict) -> bool:
        return any(name in given and given[name] != self.initial[name] for name in ("title", "body"))
