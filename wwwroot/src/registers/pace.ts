/** Acts at once, then at most so often: an import that runs rings every few milliseconds. The last ring is never lost. */
export function atMostEvery(ms: number, act: () => void): () => void {
  let resting = false;
  let again = false;
  const rest = (): void => {
    resting = true;
    setTimeout(() => {
      resting = false;
      if (again) ring();
    }, ms);
  };
  const ring = (): void => {
    again = resting;
    if (resting) return;
    rest();
    act();
  };
  return ring;
}
