// Before every file of tests: what the window says is ready to be said in each language, as it is once it was spoken.

import { LANGUAGES, learn } from "../lib/i18n/t.svelte";

await Promise.all(LANGUAGES.map(learn));
