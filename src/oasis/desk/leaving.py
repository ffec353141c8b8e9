"""A file that leaves the school goes under a password: the two fields every export offers, and the lock."""

from django import forms

from oasis.papers.marking import locked
from oasis.papers.shape import Export


class LeavingForm(forms.Form):
    """Whether the file leaves the school, and its password."""

    leaves = forms.BooleanField(
        label="这份文件要离开学校（邮件、微信、U盘）", required=False, widget=forms.CheckboxInput({"data-locks": ""})
    )
    password = forms.CharField(
        label="打开文件的密码", required=False, max_length=100, widget=forms.TextInput({"autocomplete": "off", "data-needed": "", "data-lock": ""}),
        help_text="离开学校的文件会加密成 .zip，用 WinRAR、7-Zip 等打开；密码至少10个字符，用电话告诉对方，不要和文件一起发",
    )  # fmt: skip

    def closed(self, export: Export) -> Export:
        """Lock the file if it leaves; raises Refused for a weak password."""
        given = self.cleaned_data
        return locked(export, given["password"]) if given["leaves"] else export
