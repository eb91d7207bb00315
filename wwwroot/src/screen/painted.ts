/** Resolves when what was drawn after `ready` is on the screen, or after a while without it; a hidden page has no frames and does not wait for any. */
export async function painted(ready: Promise<unknown>, withinMs: number): Promise<void> {
  const late = new Promise<void>((resolve) => { setTimeout(resolve, withinMs); });
  await Promise.race([ready.then(frame), late]);
}

/** A task of its own after the next frame. */
const frame = (): Promise<void> => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });
