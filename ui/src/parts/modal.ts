// Takes a dialog, shows it over the window with the focus in it, and gives the focus back when it goes.

export function modal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.showModal();
  // The browser begins at the first button, which is ×: typing would go nowhere, and Enter would leave.
  const first = dialog.querySelector<HTMLElement>("input:not([type=radio]), select, .strong:not(:disabled)");
  (first ?? dialog.querySelector<HTMLElement>(".sheet > :not(header) button:not(:disabled)"))?.focus();
  return () => {
    if (before instanceof HTMLElement) before.focus();
  };
}
