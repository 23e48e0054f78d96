// Takes the page, gives the window: on the engine inside Tauri, on the demo world's golden answers in a fake build.

import { mount } from "svelte";
import "./lib/design/fonts.css";
import "./lib/design/tokens.css";
import "./lib/design/base.css";
import "./lib/design/print.css";
import type { Backend } from "./lib/backend/backend";
import { tauri } from "./lib/backend/tauri";
import { learn, spoken } from "./lib/i18n/t.svelte";
import { House } from "./lib/state/house.svelte";
import Window from "./views/Window.svelte";

async function backend(): Promise<[Backend, (() => number)?]> {
  if ("__TAURI_INTERNALS__" in window) return [tauri()];
  // The mode is a constant of the build: the real one holds nothing of the fake.
  if (import.meta.env.MODE === "fake") {
    const { fake, clock } = await import("./lib/backend/fake");
    return [fake(location.search), clock];
  }
  throw new Error("This page belongs into the window of Pépites.");
}

/** How long an empty window waits for what was asked early, so that its first picture is that of the day's stories and not one
 *  without them right before it. */
const PATIENCE_MS = 150;

/** What was asked early is there, has failed, or takes too long. */
function early(): Promise<unknown> {
  const asked = [window.early?.desk, window.early?.today?.answer];
  return Promise.race([Promise.allSettled(asked), new Promise((go) => setTimeout(go, PATIENCE_MS))]);
}

const target = document.getElementById("app");
// Nothing is shown before there are words for it; where their file cannot be read, their keys are better than nothing.
const words = learn(spoken(window.early?.language ?? navigator.language)).catch(() => false);
const [given] = await Promise.all([backend(), words, early()]);
if (target) mount(Window, { target, props: { house: new House(...given) } });
