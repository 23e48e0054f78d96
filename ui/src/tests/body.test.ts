// A post's body: links inside of it, what it veils, and where in it one is.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { speech } from "../lib/i18n/t.svelte";
import { anchorAt, away } from "../parts/anchor";
import Body from "../parts/Body.svelte";
import "./window";

const show = (html: string, onlink = vi.fn()) => {
  speech.speak("en");
  return { ...render(Body, { html, language: "en", onlink }), onlink };
};

test("a note is gone to in the text, and back from it, with the focus", async () => {
  const { onlink } = show(
    '<p>Said<sup id="n-r1"><a href="#n-f1">1</a></sup>.</p><details><summary>Notes</summary><ol><li id="n-f1">Where. <a href="#n-r1">back</a></li></ol></details>',
  );
  await fireEvent.click(screen.getByText("1"));
  expect(document.activeElement?.id).toBe("n-f1");
  expect(document.querySelector("details")?.open).toBe(true);
  await fireEvent.click(screen.getByText("back"));
  expect(document.activeElement?.id).toBe("n-r1");
  expect(onlink).not.toHaveBeenCalled();
});

test("a link that leads nowhere in the text does nothing, and no name of the window's is one of a post", async () => {
  const { onlink } = show('<p><a href="#n-x">x</a><a href="#content">y</a><a href="https://a.example/">z</a></p>');
  for (const name of ["x", "y", "z"]) await fireEvent.click(screen.getByText(name));
  expect(onlink.mock.calls).toEqual([["https://a.example/"]]);
});

test("a veiled picture is shown by its button, and has the focus", async () => {
  show('<img src="https://p.example/a.png" alt="A mill" data-sensitive="">');
  expect(screen.queryByRole("img")).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: /^Show this picture/ }));
  expect(screen.queryByRole("button")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("img", { name: "A mill" }));
});

/** A body whose blocks stand one below the other, from `top` on. */
function laidOut(top: number, heights: number[]): Element {
  const body = document.createElement("div");
  let at = top;
  for (const height of heights) {
    const block = document.createElement("p");
    const box = new DOMRect(0, at, 100, height);
    block.getBoundingClientRect = () => box;
    body.append(block);
    at += height;
  }
  return body;
}

test("where one is holds when what is above grows", () => {
  const at = anchorAt(laidOut(-150, [100, 100, 300]), 0);
  expect(at).toEqual({ block: 1, part: 0.5, of: 3 });
  expect(at && away(laidOut(-150, [400, 100, 300]), at, 0)).toBe(300);
  expect(at && away(laidOut(-150, [400, 100]), at, 0)).toBeNull();
  expect(anchorAt(laidOut(10, [100, 100]), 0)).toBeNull();
  expect(anchorAt(laidOut(-500, [100, 100]), 0)).toBeNull();
  expect(anchorAt(document.createElement("div"), 0)).toBeNull();
});
