// Gives every screen of the window as `look` visits it: the fake backend's wish, the place, what is pressed on the way.

import { readFileSync } from "node:fs";

/** The answers that the fake backend plays: where they are. */
const golden = JSON.parse(readFileSync(new URL("../src/lib/backend/golden.json", import.meta.url), "utf8"));
const { whole, trouble, notes } = golden.places;
const [word] = Object.keys(golden.search);
const someone = golden.contacts.people.find((person) => person.standing === "found");
const unsure = golden.contacts.people.find((person) => person.standing === "unsure");
const yesterday = Object.keys(golden.past)[0];

/** Opens the first story and waits for its text. */
const openStory = async (page) => {
  await page.locator("[data-post] button.headline").first().click();
  await page.locator("article .body p").first().waitFor();
};

/** Opens the post of that place in the list and waits for its text. */
const openNote = (place) => async (page) => {
  await page.locator(".list [data-post] button.headline").nth(place).click();
  await page.locator("article .body").waitFor();
};

/** Asks whom someone follows. */
const askCircle = async (page) => {
  await page.locator(".tree footer button").nth(2).click();
  await page.locator("#whom").fill("@ines@quay.example");
  await page.keyboard.press("Enter");
};

export const SCREENS = [
  { name: "welcome", query: "empty", ready: "h1" },
  { name: "today", ready: "[data-post]" },
  {
    name: "today-end",
    ready: "[data-post]",
    act: async (page) => page.locator("[data-end]").scrollIntoViewIfNeeded(),
  },
  {
    name: "today-relays",
    ready: "[data-post]",
    act: async (page) => page.locator(".fold").first().click(),
  },
  {
    name: "story-told",
    ready: "[data-post]",
    act: async (page) => {
      await page.locator(".covered [data-post] button.headline").first().click();
      await page.locator("[data-telling] .ask").first().click();
      await page.locator("[data-telling] .why p").first().waitFor();
      await page.locator("aside").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "story-join",
    ready: "[data-post]",
    act: async (page) => {
      await openStory(page);
      await page.keyboard.press("b");
      await page.locator("#join-words").fill(word);
      await page.locator(".hit").first().click();
      await page.locator(".why:not(:empty)").first().waitFor();
    },
  },
  { name: "today-quiet", query: "own&quiet", ready: ".note" },
  { name: "today-error", query: "own&fail=today", ready: ".note" },
  {
    name: "today-cut",
    ready: "[data-post]",
    act: async (page) => page.locator(".cut button").first().click(),
  },
  {
    name: "today-export",
    ready: "[data-post]",
    act: async (page) => {
      await page.locator("[data-end] .ways button").nth(-2).click();
      await page.locator("dialog").waitFor();
    },
  },
  { name: "story", ready: "[data-post]", act: openStory },
  {
    name: "story-why",
    ready: "[data-post]",
    act: async (page) => {
      await page.locator(".covered [data-post] button.headline").first().click();
      await page.locator("article .body").waitFor();
      await page.keyboard.press("w");
      await page.locator("table").first().waitFor();
    },
  },
  { name: "trends", hash: "#/trends", ready: ".charts svg" },
  {
    name: "trends-list",
    hash: "#/trends",
    ready: ".charts svg",
    act: async (page) => {
      await page.locator(".sentence button").nth(2).click();
      await page.locator(".list .headline").first().waitFor();
    },
  },
  {
    name: "trends-chosen",
    hash: "#/trends",
    ready: ".charts svg",
    act: async (page) => {
      await page.locator("tbody input[type=checkbox]").nth(1).click();
      await page.locator("tbody input[type=checkbox]").nth(3).click();
      await page.locator("[role=toolbar]").last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: "trends-tables",
    hash: "#/trends",
    ready: ".charts svg",
    act: async (page) => {
      await page.locator("figcaption [aria-pressed]").first().click();
      await page.locator("figcaption [aria-pressed]").nth(1).click();
    },
  },
  { name: "trends-error", query: "own&fail=trends", hash: "#/trends", ready: ".note" },
  { name: "room", hash: "#/room", ready: ".step" },
  { name: "sources", hash: "#/sources", ready: "[role=treeitem]" },
  {
    name: "sources-picked",
    hash: "#/sources",
    ready: "[role=treeitem]",
    act: async (page) => {
      await page.locator("[role=treeitem]:not([aria-expanded])").first().focus();
      for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press("Shift+ArrowDown");
      await page.locator(".bar").waitFor();
    },
  },
  { name: "source", hash: `#/sources/${trouble}`, ready: ".list [data-post], .list .note" },
  {
    name: "source-story",
    hash: `#/sources/${whole}`,
    ready: ".list [data-post]",
    act: openStory,
  },
  { name: "notes", hash: `#/sources/${notes}`, ready: ".list [data-post]" },
  { name: "note-boost", hash: `#/sources/${notes}`, ready: ".list [data-post]", act: openNote(0) },
  { name: "note-quote", hash: `#/sources/${notes}`, ready: ".list [data-post]", act: openNote(1) },
  {
    name: "note-warning",
    hash: `#/sources/${notes}`,
    ready: ".list [data-post]",
    act: async (page) => {
      await openNote(2)(page);
      await page.locator("article summary").click();
    },
  },
  { name: "note-folded", hash: `#/sources/${notes}`, ready: ".list [data-post]", act: openNote(2) },
  { name: "note-thread", hash: `#/sources/${notes}`, ready: ".list [data-post]", act: openNote(4) },
  { name: "note-card", hash: `#/sources/${notes}`, ready: ".list [data-post]", act: openNote(5) },
  {
    name: "circle",
    query: "own",
    hash: "#/sources",
    ready: "[role=treeitem]",
    act: async (page) => {
      await askCircle(page);
      await page.locator("dialog .people label").first().waitFor();
    },
  },
  {
    name: "circle-busy",
    query: "own&held",
    hash: "#/sources",
    ready: "[role=treeitem]",
    act: async (page) => {
      await askCircle(page);
      await page.locator("dialog .busy button").waitFor();
    },
  },
  { name: "people-empty", hash: "#/people", ready: ".note" },
  { name: "people-before", query: "contacts", hash: "#/people", ready: "[role=switch]" },
  { name: "people", query: "found", hash: "#/people", ready: ".list ol li" },
  {
    name: "people-funnel",
    query: "found",
    hash: "#/people",
    ready: ".list ol li",
    act: async (page) => page.locator("summary").first().click(),
  },
  {
    name: "people-search",
    query: "contacts&held",
    hash: "#/people",
    ready: "[role=switch]",
    act: async (page) => {
      await page.locator("[aria-labelledby] .acts .strong").click();
      await page.locator("[role=progressbar]").waitFor();
    },
  },
  { name: "person", query: "found", hash: `#/people/${someone.id}`, ready: ".person h1" },
  { name: "person-unsure", query: "found", hash: `#/people/${unsure.id}`, ready: ".person h1" },
  {
    name: "person-edit",
    query: "found",
    hash: `#/people/${someone.id}`,
    ready: ".person h1",
    act: async (page) => {
      await page.locator(".person header .acts button").first().click();
      await page.locator("dialog").waitFor();
    },
  },
  {
    name: "person-join",
    query: "found",
    hash: `#/people/${someone.id}`,
    ready: ".person h1",
    act: async (page) => {
      await page.locator(".person header .acts button").nth(1).click();
      await page.locator("dialog li").first().waitFor();
    },
  },
  {
    name: "people-follow",
    query: "found",
    hash: "#/people",
    ready: ".list ol li",
    act: async (page) => {
      await page.locator(".bar button").first().click();
      await page.locator("dialog .sum").waitFor();
    },
  },
  {
    name: "people-columns",
    query: "own&strange",
    hash: "#/people",
    ready: ".note",
    act: async (page) => {
      await page.locator(".note button").first().click();
      await page.locator("dialog table").waitFor();
    },
  },
  {
    name: "people-imported",
    hash: "#/people",
    ready: ".note",
    act: async (page) => {
      await page.locator(".note button").nth(1).click();
      await page.locator("dialog .said").waitFor();
    },
  },
  { name: "starred", hash: "#/starred", ready: "[data-post]" },
  { name: "shared", hash: "#/shared", ready: "main .note, [data-post]" },
  {
    name: "today-picked",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("n");
      await page.keyboard.press("x");
      for (let turn = 0; turn < 2; turn += 1) await page.keyboard.press("Shift+ArrowDown");
      await page.locator(".list [role=toolbar] button").first().waitFor();
    },
  },
  {
    name: "folder-menu",
    hash: "#/sources",
    ready: "[role=treeitem]",
    act: async (page) => {
      await page.locator("[role=treeitem][aria-expanded]").first().click({ button: "right" });
      await page.locator("[role=menu]").waitFor();
    },
  },
  {
    name: "folder-rename",
    hash: "#/sources",
    ready: "[role=treeitem]",
    act: async (page) => {
      await page.locator("[role=treeitem][aria-expanded]").first().focus();
      await page.keyboard.press("F2");
      await page.locator("dialog #name").waitFor();
    },
  },
  {
    name: "folder-new",
    hash: "#/sources",
    ready: "[role=treeitem]",
    act: async (page) => {
      await page.locator(".tree .head button").click();
      await page.locator("dialog #name").waitFor();
    },
  },
  {
    name: "add-list",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("a");
      await page.locator("#address").fill("feedless.example/news");
      await page.keyboard.press("Enter");
      await page.locator(".answer .acts button").click();
      await page.locator("dialog ol li").first().waitFor();
      await page.locator("dialog summary").click();
    },
  },
  { name: "rules", hash: "#/taste", ready: "li .shown" },
  { name: "weights", hash: "#/taste/1", ready: "output" },
  {
    name: "weights-tried",
    hash: "#/taste/1",
    ready: "output",
    act: async (page) => {
      await page.locator(".presets button").nth(2).click();
      await page.locator("ol li").first().waitFor();
    },
  },
  { name: "learned", hash: "#/taste/2", ready: "li .shown" },
  { name: "search-empty", hash: "#/search", ready: "main dl dd" },
  { name: "search-filters", hash: `#/search?q=${encodeURIComponent("winter is:unread -lang:fr")}`, ready: "main .head li button" },
  { name: "search-nothing", hash: `#/search?q=${encodeURIComponent("albatross is:starred")}`, ready: ".note button" },
  {
    name: "search-offers",
    hash: "#/search",
    ready: "main dl dd",
    act: async (page) => {
      await page.locator("#words").fill("is:");
      await page.locator("[role=option]").first().waitFor();
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "rules-preview",
    hash: "#/taste",
    ready: "form input.name",
    act: async (page) => {
      await page.locator("form input.name").fill("harbour");
      await page.locator("form summary").click();
      await page.locator(".examples li").first().waitFor();
    },
  },
  { name: "search", hash: `#/search?q=${encodeURIComponent(word)}`, ready: "[data-post]" },
  { name: "past", hash: "#/past", ready: ".list li" },
  { name: "past-digest", hash: `#/past/${yesterday}`, ready: "[data-post]" },
  { name: "left-out", hash: `#/left_out/${golden.today.line.id}`, ready: "[data-post]" },
  { name: "keys", ready: "[data-post]", act: async (page) => page.keyboard.press("?") },
  {
    name: "share",
    ready: "[data-post]",
    act: async (page) => {
      await openStory(page);
      await page.keyboard.press("Shift+S");
      await page.locator("#share-server").waitFor();
      await page.locator("dialog .acts .strong").click();
    },
  },
  {
    name: "reading",
    ready: "[data-post]",
    act: async (page) => {
      await page.locator("nav .settings button").click();
      await page.locator("[data-page=reading]").click();
      await page.locator("#dial-width").waitFor();
    },
  },
  {
    name: "palette",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator("[role=option]").first().waitFor();
    },
  },
  {
    name: "palette-typed",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator("dialog input").fill("port");
      await page.keyboard.press("ArrowDown");
    },
  },
  {
    name: "settings",
    ready: "[data-post]",
    act: async (page) => page.locator("nav .settings button").click(),
  },
  {
    name: "add",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("a");
      await page.locator("#address").fill("harbourlight.example");
      await page.keyboard.press("Enter");
      await page.locator("dialog li").first().waitFor();
    },
  },
  {
    name: "add-person",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("a");
      await page.locator("#address").fill("@ines@quay.example");
      await page.keyboard.press("Enter");
      await page.locator("dialog .sample li").first().waitFor();
    },
  },
  {
    name: "add-nothing",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("a");
      await page.locator("#address").fill("nowhere");
      await page.keyboard.press("Enter");
      await page.locator("dialog .alarm").waitFor();
    },
  },
  {
    name: "import",
    query: "empty",
    ready: "h1",
    act: async (page) => {
      await page.locator("main button").first().click();
      await page.locator("dialog details").first().waitFor();
    },
  },
  {
    name: "import-running",
    query: "empty&held",
    ready: "h1",
    act: async (page) => {
      await page.locator("main button").first().click();
      await page.locator(".strip [role=progressbar]").waitFor();
    },
  },
  {
    name: "import-damaged",
    query: "empty&damaged",
    ready: "h1",
    act: async (page) => {
      await page.locator("main button").first().click();
      await page.locator("dialog details").first().waitFor();
    },
  },
  {
    name: "drop",
    query: "empty",
    ready: "h1",
    act: async (page) => page.evaluate(() => dispatchEvent(new Event("fake:drag"))),
  },
  {
    name: "refresh",
    query: "own&held",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("r");
      await page.locator(".strip [aria-valuenow='9']").waitFor();
    },
  },
  {
    name: "undo",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("n");
      await page.keyboard.press("s");
      await page.locator("[role=status] button").first().waitFor();
    },
  },
  {
    name: "rename",
    hash: `#/sources/${whole}`,
    ready: ".list [data-post]",
    act: async (page) => page.locator(".list header .acts button").nth(1).click(),
  },
  {
    name: "move",
    hash: `#/sources/${whole}`,
    ready: ".list [data-post]",
    act: async (page) => page.locator(".list header .acts button").nth(2).click(),
  },
  {
    name: "person",
    hash: `#/sources/${whole}`,
    ready: ".list [data-post]",
    act: async (page) => {
      await page.locator(".list header summary").click();
      await page.locator(".list header .how button").click();
    },
  },
  {
    name: "source-how",
    hash: `#/sources/${whole}`,
    ready: ".list [data-post]",
    act: async (page) => page.locator(".list header summary").click(),
  },
  {
    name: "accounts",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("a");
      await page.locator(".more .link").nth(1).click();
      await page.locator("#server").waitFor();
    },
  },
  {
    name: "account-signed-in",
    query: "own&account",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("a");
      await page.locator(".more .link").nth(1).click();
      await page.locator("dialog .who button").first().click();
      await page.locator("dialog .sees label").first().waitFor();
    },
  },
  ...["network", "privacy", "data"].map((page) => ({
    name: `settings-${page}`,
    ready: "[data-post]",
    act: async (view) => {
      await view.keyboard.press("Control+,");
      await view.locator(`[data-page=${page}]`).click();
      await view.locator("dialog h2").waitFor();
      await view.waitForTimeout(150);
    },
  })),
  {
    name: "settings-proxy",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("Control+,");
      await page.locator("[data-page=network]").click();
      await page.locator("dialog [name=proxy]").nth(2).click();
      await page.locator("#proxy").waitFor();
    },
  },
  {
    name: "settings-erase",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("Control+,");
      await page.locator("[data-page=privacy]").click();
      await page.locator("dialog .erase button").first().click();
      await page.locator("dialog .erase .faint").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "settings-restore",
    query: "own",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("Control+,");
      await page.locator("[data-page=data]").click();
      await page.locator("dialog .acts button").nth(1).click();
      await page.locator("dialog .offer").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "settings-more",
    query: "own&trayless",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("Control+,");
      await page.locator("dialog fieldset").last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: "offline",
    query: "own&cut-off",
    ready: "[data-post]",
    act: async (page) => page.locator(".banner").waitFor(),
  },
  {
    name: "story-like",
    ready: "[data-post]",
    act: async (page) => {
      await openStory(page);
      await page.keyboard.press("-");
      await page.locator(".likes [aria-pressed=true]").scrollIntoViewIfNeeded();
    },
  },
  {
    name: "problem",
    query: "own&fail=mark",
    ready: "[data-post]",
    act: async (page) => {
      await page.keyboard.press("n");
      await page.keyboard.press("s");
      await page.locator(".harm").waitFor();
    },
  },
];
