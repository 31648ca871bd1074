"""What somebody does at a device: open, follow a link, fill in, press, read. By the names of questions, not by their wording."""

import re

from playwright.sync_api import expect

ID = "[0-9a-f-]{36}"
PRESSED = "main form[method=post] button.button--main:visible"


def written(on):
    """A day as people type it."""
    return f"{on.day}/{on.month}/{on.year}"


class Hands:
    """One person at one device."""

    def __init__(self, page):
        self.page = page

    def open(self, path):
        self.page.goto(path)
        return self

    def follow(self, part, name=""):
        """Click the first link of the page whose address ends like this (a pattern); ``name``: that tells of this person."""
        links = self.page.locator("main a[href]:visible")
        if name:
            links = links.filter(has_text=name)
        pattern = re.compile(part + r"(\?.*)?(#.*)?$")
        for at, address in enumerate(links.evaluate_all("links => links.map(each => each.getAttribute('href'))")):
            if pattern.search(address):
                with self.page.expect_navigation():
                    links.nth(at).click()
                return self
        raise AssertionError(f"No link to {part} {name} on {self.page.url}:\n{self.text()}")

    def find(self, name):
        """Open somebody's page through search."""
        self.open("/search/?q=" + name.split()[-1])
        return self.follow(r"/pathway/[0-9a-f-]+/", name)

    def fill(self, **answers):
        for name, answer in answers.items():
            self._answer(name, answer)
        return self

    def _answer(self, name, answer):
        field = self.page.locator(f"main form [name='{name}']")
        kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind in {"radio", "checkbox"}:
            for value in answer if isinstance(answer, list) else [answer]:
                chosen = (
                    field if isinstance(value, bool) else self.page.locator(f"main [name='{name}'][value='{value}']")
                )
                chosen.first.set_checked(value is not False, force=True)
        elif kind == "select":
            options = field.first.locator("option").all_text_contents()
            chosen = [each for each in options if str(answer) in each]
            if chosen:
                field.first.select_option(label=chosen[0])
            else:
                field.first.select_option(value=str(answer))
        else:
            text = answer if isinstance(answer, str | int) else written(answer)
            field.first.fill(str(text))

    def press(self, button=PRESSED):
        """Press the main button; what is refused stays on the page and fails the story."""
        before = self.page.url
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        mistakes = self.page.locator("main .errors:visible, main .error-summary:visible, main .refusal:visible")
        if self.page.url == before and mistakes.count():
            raise AssertionError(f"{before} said:\n" + "\n".join(mistakes.all_inner_texts()))
        return self

    def draw(self):
        """Sign in the box with the mouse."""
        box = self.page.locator("[data-ink] canvas")
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        points = [(0.1, 0.6), (0.2, 0.3), (0.3, 0.7), (0.5, 0.3), (0.7, 0.6)]
        for at, (across, down) in enumerate(points):
            self.page.mouse.move(place["x"] + across * place["width"], place["y"] + down * place["height"], steps=4)
            if at == 0:
                self.page.mouse.down()
        self.page.mouse.up()
        return self

    def add(self, field, *files):
        """Choose files, or take photos: each a name and what it holds."""
        chosen = [{"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in files]
        self.page.locator(f"main [name='{field}']").set_input_files(chosen)
        return self

    def download(self, part, name=""):
        """The file behind the first link whose address ends like this."""
        link = self.page.locator("main a[href]").filter(has_text=name)
        pattern = re.compile(part + "$")
        addresses = link.evaluate_all("links => links.map(each => each.getAttribute('href'))")
        at = next(at for at, address in enumerate(addresses) if pattern.search(address))
        with self.page.expect_download() as told:
            link.nth(at).click()
        with open(told.value.path(), "rb") as file:  # noqa: PTH123  a path of the driver's
            return file.read()

    def post(self, part):
        """Press the button that sends the form to an address that ends like this."""
        form = self.page.locator(f"main form[method=post][action$='{part}']").first
        with self.page.expect_navigation():
            form.locator("button").first.click()
        return self

    def sign(self, on, leave_out=0):
        """Write down papers as signed on a day, but for the last few."""
        boxes = self.page.locator("main [name=papers]")
        for at in range(boxes.count() - leave_out):
            boxes.nth(at).check(force=True)
        return self.fill(signed_on=on).press("main form:has([name=papers]) .buttons button")

    def unsigned(self):
        """The names of the papers before the keys that nobody signed yet."""
        links = self.page.locator("section:has(#group-before_keys) a[href$='/set-aside/'] .visually-hidden")
        names = [words.strip(", ") for words in links.all_text_contents()]
        assert names, "Every paper before the keys is in."
        return names

    def has_no_link(self, part):
        assert self.page.locator(f"main a[href$='{part}']").count() == 0, part
        return self

    def text(self):
        return self.page.locator("main").inner_text()

    def reads(self, *words):
        """All of this stands on the page, whatever the capitals."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(re.compile(re.escape(each), re.IGNORECASE))
        return self

    def does_not_read(self, *words):
        for each in words:
            expect(self.page.locator("main")).not_to_contain_text(each)
        return self
