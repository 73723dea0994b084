"""Every error `summaries` raises.

The docstring of a class is its default message: one short sentence that says what is wrong and what to do next. Facts
travel as attributes, so that a caller can act on them without reading prose.
"""

from __future__ import annotations


class SummariesError(Exception):
    """Something went wrong while reading, storing or delivering releases."""

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.facts = facts
        super().__init__(message or (type(self).__doc__ or "").partition("\n")[0].strip())

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None


class UnreadableRelease(SummariesError):
    """The document holds no text that can be read as a release."""


class NotARelease(SummariesError):
    """The document names no inspection and no body inspected, so it was kept but not taken for a release."""


class ReportPage(NotARelease):
    """This is a letter, a list or a page about a report, not a press release; it was kept. Paste the press release."""


class ExcerptOnly(NotARelease):
    """This is only the beginning of a release, as feeds give it; it was kept. Paste the whole release."""


class QuoteNotInText(SummariesError):
    """A quotation is not in the stored text of its release, so it was not shown."""


class SchemaOutOfDate(SummariesError):
    """The database has an older layout than this version needs. Run `hmic db upgrade`."""


class StoreUnavailable(SummariesError):
    """The database did not answer. Check DATABASE_URL and try again."""


class NotUnderstood(SummariesError):
    """That was not understood. `/hmic help` shows what can be asked.

    The parent of all errors that whoever asked can mend by asking otherwise; the others are ours.
    """


class BadSubscription(NotUnderstood):
    """The subscription was not understood. Try `/hmic subscribe all daily 08:30`."""


class NoSuchSubscription(NotUnderstood):
    """There is no such subscription here. `/hmic subscriptions` lists them."""


class NotActive(BadSubscription):
    """The subscription cannot be posted to now, so this was not done. `/hmic subscriptions` says why."""


class NotPaused(BadSubscription):
    """The subscription is not paused, so there is nothing to resume. `/hmic subscriptions` lists what is."""


class NothingHeld(BadSubscription):
    """No digest of this number waits for approval here: it was decided about, or never held."""


class NoSuchFile(SummariesError):
    """There is no such file or folder. Check the path."""


class FileTooLarge(SummariesError):
    """The file is larger than a press release can be, so it was not read. Give the release alone."""


class BadFilter(NotUnderstood):
    """The filter was not understood. Write `all` or the name of a force."""


class AmbiguousBody(BadFilter):
    """The name fits more than one body. Name one of them."""


class UnknownBody(BadFilter):
    """No body has this name. Check the spelling, or write `all`."""


class NothingToCompare(NotUnderstood):
    """A comparison takes two to eight bodies. Try `/hmic compare Hampshire, Kent`, or `/hmic compare region:wales`."""


class OneBodyOnly(NotUnderstood):
    """A history is of one body. Try `/hmic history Hampshire`; `/hmic compare Hampshire, Kent` is for several."""


class NoSuchReceipt(NotUnderstood):
    """Nothing is held where this receipt points. Check its number."""


class NothingToVerify(NotUnderstood):
    """Give a receipt, the words, or both: `/hmic verify R-5 ¶3 "the words"`."""


class NothingToQuote(NotUnderstood):
    """Give a release's number, or a receipt: `/hmic quote R-5 ¶9`. Every answer prints them."""


class NothingToExplain(NotUnderstood):
    """Give a word: `/hmic explain requires improvement`."""


class FetchProblem(SummariesError):
    """The page could not be fetched. Try again later, or paste the release.

    `kind` says in a word or two what is wrong, so that a caller need not know the children; `status` is the HTTP
    status, None when there was no answer; `retry_after` is how many seconds the site asks to be left alone, None when
    it does not.
    """

    kind: str = "failed"

    def __init__(
        self,
        message: str | None = None,
        *,
        url: str = "",
        status: int | None = None,
        retry_after: int | None = None,
        kind: str | None = None,
    ) -> None:
        self.url = url
        self.status = status
        self.retry_after = retry_after
        self.kind = kind or self.kind
        super().__init__(message, url=url, status=status, retry_after=retry_after, kind=self.kind)


class AddressNotAllowed(FetchProblem):
    """The address is not one that may be read. Check it, or have its host allowed in the settings."""

    kind = "not allowed"


class SiteRefused(FetchProblem):
    """The site refused us. Paste the release, forward it, or drop the file."""

    kind = "refused"


class PageGone(FetchProblem):
    """The page is not there. Check the address."""

    kind = "gone"


class SiteBusy(FetchProblem):
    """The site is busy and asks to be left alone. Try again later, or paste the release."""

    kind = "busy"


class PageTooLarge(FetchProblem):
    """The page is larger than a press release can be, so it was not read. Paste the release alone."""

    kind = "too large"


class SiteTooSlow(FetchProblem):
    """The site took too long. Try again later, or paste the release."""

    kind = "too slow"


class NothingListed(FetchProblem):
    """The page was read but holds no link to a release. Check that it is a list of news or a feed."""

    kind = "empty"


class NoSuchDelivery(NotUnderstood):
    """There is no such message. `/hmic deliveries` lists them: `D-12` is a digest, `D-12.3` a message of it."""


class CannotDecide(NotUnderstood):
    """That cannot be decided about this message. `/hmic admin deliveries` shows what can."""
