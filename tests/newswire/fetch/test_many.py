import threading
import time

import pytest

from nhipcau.newswire.fetch import AddressError, Fetcher, FetchError, Request, Response, StatusError, many
from nhipcau.newswire.fetch.many import in_order
from nhipcau.newswire.sentences import Sentence
from tests.support.loopback import Page


def requests(count, hosts=3):
    return [Request(f"http://h{i % hosts}.example/{i}") for i in range(count)]


def answer(request):
    return Response(url=request.url, status=200, body=request.url.encode())


def test_results_come_in_the_order_of_the_requests():
    asked = requests(60)

    def send(request):
        time.sleep(0.01 if "h0" in request.url else 0)
        return answer(request)

    assert list(in_order(send, asked, workers=4)) == [(request, answer(request)) for request in asked]


def test_hosts_are_read_side_by_side_and_each_one_request_at_a_time():
    busy, most, lock = {}, {}, threading.Lock()

    def send(request):
        host = request.url.split("/")[2]
        with lock:
            busy[host] = busy.get(host, 0) + 1
            most[host] = max(most.get(host, 0), busy[host])
            most["all"] = max(most.get("all", 0), sum(busy.values()))
        time.sleep(0.01)
        with lock:
            busy[host] -= 1
        return answer(request)

    list(in_order(send, requests(24, hosts=4), workers=8))
    assert most == {"h0.example": 1, "h1.example": 1, "h2.example": 1, "h3.example": 1, "all": 4}


def test_error_takes_the_place_of_its_answer():
    def send(request):
        if request.url.endswith("/1"):
            raise StatusError(Sentence("no"), status=404)
        return answer(request)

    results = [result for _, result in in_order(send, requests(3), workers=2)]
    assert [type(result) for result in results] == [Response, StatusError, Response]


def test_error_of_our_own_is_raised_not_swallowed():
    def send(request):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_order(send, requests(3), workers=2))


def test_requests_are_read_only_as_far_as_the_window(monkeypatch):
    monkeypatch.setattr(many, "WINDOW", 5)
    read = []

    def source():
        for request in requests(50):
            read.append(request)
            yield request

    results = in_order(answer, source(), workers=2)
    next(results)
    assert len(read) == 5
    next(results)
    assert len(read) == 6
    results.close()


def test_no_new_request_starts_while_many_bytes_wait(monkeypatch):
    monkeypatch.setattr(many, "MAX_BUFFERED", 1000)
    held, most, lock = [0], [0], threading.Lock()

    def send(request):
        with lock:
            held[0] += 1
            most[0] = max(most[0], held[0])
        if request.url.endswith("/0"):
            time.sleep(0.1)
        return Response(url=request.url, status=200, body=bytes(600))

    for _, _ in in_order(send, _slowly(requests(40, hosts=10)), workers=4):
        with lock:
            held[0] -= 1
    assert most[0] < 20


def _slowly(many_requests):
    for request in many_requests:
        time.sleep(0.005)
        yield request


def test_reading_that_stops_early_leaves_the_rest_unasked():
    asked = []

    def send(request):
        asked.append(request)
        time.sleep(0.01)
        return answer(request)

    results = in_order(send, requests(100, hosts=1), workers=2)
    next(results)
    results.close()
    time.sleep(0.1)
    assert len(asked) < 10


def test_slow_host_does_not_hold_up_the_others(site, other_site):
    site.pages["/slow"] = Page(b"x" * 100, drip=0.05)
    for i in range(5):
        other_site.html(f"/{i}", str(i))
    hosts = frozenset({site.host, other_site.host})
    asked = [Request(site.url("/slow")), *(Request(other_site.url(f"/{i}")) for i in range(5))]
    asked.append(Request("http:///nowhere"))
    with Fetcher(allow_hosts=hosts, pace=0.0, timeout=2.0) as reader:
        results = [result for _, result in reader.get_many(asked)]
    assert [type(result).__name__ for result in results] == ["TooSlowError"] + ["Response"] * 5 + ["AddressError"]
    assert isinstance(results[-1], AddressError)
    assert isinstance(results[-1], FetchError)
    slow_ended = next(one.began for one in site.asked if one.path == "/slow") + 2.0
    assert all(one.began < slow_ended for one in other_site.asked)


def test_pace_is_kept_for_each_host(site, other_site):
    for one in (site, other_site):
        for i in range(3):
            one.html(f"/{i}", str(i))
    asked = [Request(one.url(f"/{i}")) for i in range(3) for one in (site, other_site)]
    start = time.monotonic()
    with Fetcher(allow_hosts=frozenset({site.host, other_site.host}), pace=0.1) as reader:
        assert [r.body for _, r in reader.get_many(asked)] == [b"0", b"0", b"1", b"1", b"2", b"2"]
    for one in (site, other_site):
        began = [request.began for request in one.asked]
        assert len(began) == 4
        # Each is asked for at its time at the earliest; how much later the server hears of it is the machine's affair.
        assert all(heard - start >= 0.1 * place for place, heard in enumerate(began))
        ended = [request.ended for request in one.asked]
        assert all(later >= earlier for later, earlier in zip(began[1:], ended, strict=False))
