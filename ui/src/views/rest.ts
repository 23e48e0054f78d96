// Gives every screen and sheet that the first paint does not need: one piece of the program, loaded right behind it.

export { default as AccountsDialog } from "./AccountsDialog.svelte";
export { default as AddDialog } from "./AddDialog.svelte";
export { default as CircleDialog } from "./CircleDialog.svelte";
export { default as ColumnsDialog } from "./ColumnsDialog.svelte";
export { default as ImportReport } from "./ImportReport.svelte";
export { default as JoinDialog } from "./JoinDialog.svelte";
export { default as LeftOut } from "./LeftOut.svelte";
export { default as ListDialog } from "./ListDialog.svelte";
export { default as Marked } from "./Marked.svelte";
export { default as PaletteDialog } from "./PaletteDialog.svelte";
export { default as Past } from "./Past.svelte";
export { default as People } from "./People.svelte";
export { default as Room } from "./Room.svelte";
export { default as Search } from "./Search.svelte";
export { default as SettingsDialog } from "./SettingsDialog.svelte";
export { default as ShareDialog } from "./ShareDialog.svelte";
export { default as Sources } from "./Sources.svelte";
export { default as Story } from "./Story.svelte";
export { default as Taste } from "./Taste.svelte";
export { default as Trends } from "./Trends.svelte";
