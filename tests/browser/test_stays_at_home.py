"""Nothing that a file says can make the browser ask another host."""

from playwright.sync_api import expect

from tests.browser.test_main_job import go_to, open_page, upload

NASTY = "![p](http://127.0.0.1:9/p.png)"


def test_names_in_a_file_are_shown_as_they_are_and_nothing_is_fetched(page, server, requests):
    rows = "\n".join(f"2020-{1 + i // 28:02d}-{1 + i % 28:02d},{100 + i % 7}" for i in range(90))
    open_page(page, server.url, "Data")
    upload(page, f"Date,{NASTY}\n{rows}\n".encode(), f"{NASTY}_$a$_*b*.csv".replace("/", "|"))
    expect(page.get_by_text("31 Mar").or_(page.get_by_text("Rows to use")).first).to_be_visible()
    expect(page.get_by_text(NASTY).first).to_be_visible(timeout=15_000)
    for name in ("Explore", "Train", "Forecast"):
        go_to(page, name)
        expect(page.get_by_text(NASTY).first).to_be_visible(timeout=15_000)
    outside = [url for url in requests if not url.startswith((server.url, "data:", "blob:"))]
    assert outside == []
