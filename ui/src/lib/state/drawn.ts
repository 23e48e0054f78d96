// Tells when what was changed is on the screen.

/** Nobody looks at a window that draws no frame for so long. */
const HIDDEN_MS = 500;

/** The task after a frame begins when the frame is drawn. In a hidden window there is none: it is not waited for. */
export function drawn(): Promise<void> {
  return new Promise((go) => {
    requestAnimationFrame(() => setTimeout(go));
    setTimeout(go, HIDDEN_MS);
  });
}
