// Takes a dialog, shows it over the window with the focus in it, keeps it there, and gives it back when the dialog goes.

export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  begin(dialog);
  // A button that has done what it was for is often gone then, and what had the focus with it: keys would mean nothing.
  const watch = new MutationObserver(() => {
    if (dialog.open && document.activeElement === document.body) begin(dialog);
  });
  watch.observe(dialog, { childList: true, subtree: true, attributeFilter: ["disabled"] });
  return () => {
    watch.disconnect();
    if (before instanceof HTMLElement) before.focus();
  };
}

/** The browser begins at the first button, which is ×: typing would go nowhere, and Enter would leave. Where a sheet of several
 *  pages has nothing to set, it begins at the name of the one that is shown. */
function begin(dialog: HTMLDialogElement): void {
  const first = dialog.querySelector<HTMLElement>("input:not([type=radio]), select, .strong:not(:disabled)");
  const here = dialog.querySelector<HTMLElement>(".sheet [aria-current=page]");
  (first ?? here ?? dialog.querySelector<HTMLElement>(".sheet > :not(header) button:not(:disabled)"))?.focus();
}
