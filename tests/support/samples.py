"""Small inputs of every kind, written for the tests."""

TEXT = "Nhịp cầu mới nối hai bờ sông được khánh thành sáng nay trước sự có mặt của người dân hai tỉnh và khách xa."

RSS = b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Lake Gazette</title>
<link>https://gazette.example/</link>
<item><title>One</title><link>https://gazette.example/1</link>
<description>&lt;p&gt;First summary&lt;/p&gt;</description>
<pubDate>Sun, 22 Nov 2026 14:05:00 +0700</pubDate></item>
<item><title>Two</title><guid isPermaLink="false">two</guid><description>Second summary</description></item>
</channel></rss>"""


def warc_record(number, *, body=None):
    """A WARC response with a small page."""
    body = body or f"<html><p>page {number}</p></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-11-22T00:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
