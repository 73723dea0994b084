"""Which addresses are read at all. Every refusal has its control: the same request, allowed, brings the page."""

from __future__ import annotations

import threading
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import HOST, OTHER_HOST, PUBLIC, Detour, Site, Web, page, redirect

from summaries.errors import AddressNotAllowed, FetchProblem
from summaries.ports import Fetched
from summaries.sources.addresses import USUAL_HOSTS, AddressRules, read_address, read_redirect
from summaries.sources.download import FetchRules
from summaries.sources.guard import Deadline, GuardedNetwork, is_public, resolve_host

URL = f"http://{HOST}/kent"
LOCAL = IPv4Address("127.0.0.1")


@pytest.fixture(autouse=True)
def kent(site: Site) -> None:
    """The page that is there when the way to it is allowed."""
    site.plays("/kent", page("Kent"))


def refusal(web: Web, url: str = URL, rules: FetchRules | None = None) -> AddressNotAllowed:
    with pytest.raises(AddressNotAllowed) as caught:
        web.fetcher(rules).fetch(url)
    assert caught.value.kind == "not allowed"
    return caught.value


@pytest.mark.parametrize("host", USUAL_HOSTS)
def test_the_usual_hosts_are_allowed_without_any_setting(host: str) -> None:
    assert read_address(f"HTTPS://{host.upper()}:443/a?b#c", AddressRules()).url == f"https://{host}/a?b"


@pytest.mark.parametrize(
    ("host", "hosts"),
    [
        ("example.org", ("example.org",)),
        ("a.b.example.org", (".example.org",)),
        ("xn--bcher-kva.example", ("xn--bcher-kva.example",)),
        ("127.0.0.1", ("127.0.0.1",)),
        ("[2606:2800::1]", ("2606:2800::1",)),
    ],
)
def test_a_host_is_read_when_it_is_allowed_and_only_then(host: str, hosts: tuple[str, ...]) -> None:
    url = f"https://{host}/"
    assert read_address(url, AddressRules(hosts=hosts)).url == url
    with pytest.raises(AddressNotAllowed, match="not a host"):
        read_address(url, AddressRules())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hmicfrs.justiceinspectorates.gov.uk/news",
        "//hmicfrs.justiceinspectorates.gov.uk/",
        "file:///etc/passwd",
        f"ftp://{HOST}/",
        f"javascript://{HOST}/",
        f"https://{HOST}@evil.example/",
        f"https://user:password@{HOST}/",
        f"https://@{HOST}/",
        f"https://evil.example\\@{HOST}/",
        f"https://{HOST}\\.evil.example/",
        f"https://{HOST}.evil.example/",
        f"https://evil{HOST}/",
        f"https://{HOST}./",
        f"https://{HOST}:8443/",
        f"https://{HOST}:80/",
        f"http://{HOST}:443/",
        f"https://{HOST}:0/",
        f"https://{HOST}:port/",
        f"https://{HOST}:99999/",
        f"https://{HOST}:４４３/x",
        f"https://{HOST}/a b",
        f"https://{HOST}/\r\nHost: evil.example",
        f"https://{HOST}\t/",
        f"https://{HOST}/" + "a" * 3000,
        f"https://{HOST}/\ud800",
        "https://ｈmicfrs.justiceinspectorates.gov.uk/",
        "https://bücher.example/",
        "https://[::1/",
        "https://[::1%25lo]/",
        "https://[v1.hmicfrs]/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://localhost/",
        "https://[::ffff:127.0.0.1]/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_an_odd_address_is_refused_before_anything_is_looked_up(web: Web, url: str) -> None:
    looked_up: list[str] = []

    def resolve(host: str) -> list[str]:
        looked_up.append(host)
        return [PUBLIC]

    with pytest.raises(AddressNotAllowed) as caught:
        web.fetcher(resolve=resolve).fetch(url)
    assert looked_up == []
    assert str(caught.value).isprintable()
    assert caught.value.url.isprintable()


def test_another_port_is_read_when_it_is_allowed(site: Site, web: Web) -> None:
    url = f"http://{HOST}:8080/kent"
    assert "port" in str(refusal(web, url))
    fetched = web.fetcher(FetchRules(ports=(8080,))).fetch(url)
    assert isinstance(fetched, Fetched)
    assert (fetched.url, site.asked[0].headers["host"]) == (url, f"{HOST}:8080")


def test_letters_beyond_ascii_in_a_path_are_sent_escaped(site: Site, web: Web) -> None:
    site.plays("/zo%C3%AB%20b?q=%7B1%7D&open", page("found"))
    fetched = web.fetcher().fetch(f"http://{HOST}/zoë%20b?q={{1}}&open#quote")
    assert isinstance(fetched, Fetched)
    assert fetched.url == f"http://{HOST}/zo%C3%AB%20b?q=%7B1%7D&open"


def test_a_host_that_leads_to_this_machine_is_refused(site: Site, web: Web) -> None:
    web.names[HOST] = ["127.0.0.1"]
    web.network.ports["127.0.0.1"] = site.port
    assert "private network" in str(refusal(web))
    assert (web.network.connected, site.asked) == ([], [])
    fetched = web.fetcher(is_public=lambda address: address == LOCAL).fetch(URL)
    assert isinstance(fetched, Fetched)


def test_a_host_with_one_private_address_among_public_ones_is_refused(web: Web) -> None:
    web.names[HOST] = [PUBLIC, "10.0.0.7"]
    refusal(web)
    assert web.network.connected == []
    web.names[HOST] = [PUBLIC]
    assert isinstance(web.fetcher().fetch(URL), Fetched)


def test_an_allowed_address_in_numbers_is_read_only_when_it_is_public(site: Site, web: Web) -> None:
    rules = FetchRules(hosts=("127.0.0.1", PUBLIC))
    fetcher = web.fetcher(rules, resolve=resolve_host)
    assert isinstance(fetcher.fetch(f"http://{PUBLIC}/kent"), Fetched)
    with pytest.raises(AddressNotAllowed):
        fetcher.fetch("http://127.0.0.1/kent")
    assert web.network.connected == [(PUBLIC, 80)]


def test_a_name_that_leads_elsewhere_the_second_time_is_not_asked_a_second_time(site: Site, web: Web) -> None:
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    web.network.ports["127.0.0.1"] = site.port
    fetched = web.fetcher(resolve=lambda host: answers.pop(0)).fetch(URL)
    assert isinstance(fetched, Fetched)
    assert len(answers) == 2
    assert web.network.connected == [(PUBLIC, 80)]


def test_a_redirect_is_checked_as_the_first_address_was(site: Site, web: Web) -> None:
    web.names[OTHER_HOST] = ["192.168.1.1"]
    web.network.ports["192.168.1.1"] = site.port
    site.plays("/moved", redirect(f"http://{OTHER_HOST}/kent"))
    caught = refusal(web, f"http://{HOST}/moved")
    assert caught.url == f"http://{OTHER_HOST}/kent"
    assert site.paths() == ["/moved"]
    web.names[OTHER_HOST] = [PUBLIC]
    assert isinstance(web.fetcher().fetch(f"http://{HOST}/moved"), Fetched)


def test_a_redirect_to_the_same_host_is_looked_up_and_checked_anew(site: Site, web: Web) -> None:
    site.plays("/moved", redirect("/kent"))
    answers = [[PUBLIC], ["127.0.0.1"]]
    web.network.ports["127.0.0.1"] = site.port
    with pytest.raises(AddressNotAllowed):
        web.fetcher(resolve=lambda host: answers.pop(0)).fetch(f"http://{HOST}/moved")
    assert site.paths() == ["/moved"]


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/kent",
        "http://127.1/kent",
        "http://[::1]/kent",
        "http://169.254.169.254/kent",
        "http://evil.example/kent",
        "//evil.example/kent",
        f"http://evil.example@{HOST}/kent",
        f"http://{HOST}:22/kent",
        "file:///kent",
        "http://[/kent",
    ],
)
def test_a_redirect_to_what_is_not_allowed_is_not_followed(site: Site, web: Web, to: str) -> None:
    site.plays("/moved", redirect(to))
    for name in ("127.0.0.1", "127.1", "::1", "169.254.169.254", "evil.example"):
        web.names[name] = [PUBLIC]
    refusal(web, f"http://{HOST}/moved")
    assert site.paths() == ["/moved"]


def test_a_redirect_never_leads_from_https_to_http_but_the_other_way() -> None:
    rules = AddressRules()
    secure, plain = read_address(f"https://{HOST}/", rules), read_address(f"http://{HOST}/", rules)
    with pytest.raises(AddressNotAllowed, match="not safe"):
        read_redirect(plain.url, secure, rules)
    assert read_redirect(secure.url, plain, rules) == secure
    assert read_redirect("/", secure, rules) == secure
    assert read_redirect(plain.url, plain, rules) == plain


def test_a_redirect_to_a_host_that_is_allowed_by_a_setting_is_followed(site: Site, web: Web) -> None:
    site.plays("/moved", redirect("http://news.example.org/kent"))
    web.names["news.example.org"] = [PUBLIC]
    refusal(web, f"http://{HOST}/moved")
    rules = FetchRules(hosts=(*USUAL_HOSTS, ".example.org"))
    assert isinstance(web.fetcher(rules).fetch(f"http://{HOST}/moved"), Fetched)


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.88.99.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_an_address_that_is_not_of_the_public_internet_is_known(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", [PUBLIC, "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2606:2800:21f::1", "2a00:1450:4009::5"]
)
def test_an_address_of_the_public_internet_is_known(text: str) -> None:
    assert is_public(ip_address(text))


@given(
    st.one_of(
        st.text(),
        st.from_regex(r"https?://[^/]{0,40}(/.{0,20})?"),
        st.builds(
            "{}://{}{}{}/{}".format,
            st.sampled_from(["http", "https", "HTTP", "ftp", ""]),
            st.sampled_from(["", "user@", "user:pass@", "@"]),
            st.sampled_from(
                [HOST, "127.1", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "localhost", "evil.example", "["]
            ),
            st.sampled_from(["", ":", ":80", ":443", ":-1", ":1e3", ":٣"]),
            st.text(max_size=10),
        ),
    )
)
def test_no_text_crashes_the_address_rules_and_what_they_let_by_is_allowed(url: str) -> None:
    try:
        address = read_address(url, AddressRules())
    except AddressNotAllowed:
        return
    assert address.host in USUAL_HOSTS
    assert (address.scheme, address.port) in {("http", 80), ("https", 443)}
    assert urlsplit(address.url).hostname == address.host
    assert address.url.isascii()
    assert read_address(address.url, AddressRules()) == address


SITES = [IPv4Address(PUBLIC), IPv6Address("2606:2800::1")]
ADDRESSES = st.one_of(
    st.ip_addresses(),
    st.ip_addresses(v=4).map(lambda inner: IPv6Address((0xFFFF << 32) | int(inner))),
    st.ip_addresses(v=4).map(lambda inner: IPv6Address((0x64FF9B << 96) | int(inner))),
    st.ip_addresses(v=4).map(lambda inner: IPv6Address((0x2002 << 112) | (int(inner) << 80))),
    st.sampled_from(SITES),
)


@given(st.lists(ADDRESSES, max_size=4))
def test_a_host_with_an_address_that_is_not_global_is_never_connected_to(
    addresses: list[IPv4Address | IPv6Address],
) -> None:
    nowhere = Detour({})
    guarded = GuardedNetwork(
        URL, Deadline.after(60), resolve=lambda host: [str(a) for a in addresses], is_public=is_public, network=nowhere
    )
    with pytest.raises((AddressNotAllowed, httpcore.ConnectError)) as caught:
        guarded.connect_tcp(HOST, 80)
    if isinstance(caught.value, AddressNotAllowed):
        assert nowhere.connected == []
        assert not set(addresses) <= set(SITES)
    else:
        assert nowhere.connected == [(str(a), 80) for a in addresses]
        assert all(a.is_global and not a.is_multicast for a in addresses)


@pytest.mark.parametrize("found", [["not an address"], ["127.0.0.1:80"], [""], []])
def test_a_look_up_that_finds_no_address_is_a_failure(web: Web, found: list[str]) -> None:
    with pytest.raises(FetchProblem) as caught:
        web.fetcher(resolve=lambda host: found).fetch(URL)
    assert caught.value.kind == "failed"
    assert web.network.connected == []


def test_threads_may_share_a_fetcher(site: Site, web: Web) -> None:
    fetcher = web.fetcher()
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(fetcher.fetch(URL))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [fetched.content for fetched in got if isinstance(fetched, Fetched)] == [b"Kent"] * 8
