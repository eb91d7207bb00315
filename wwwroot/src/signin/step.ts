/** One step of coming in. It builds everything from what it holds, so that another language is one more building. */
export interface Step {
  readonly element: HTMLElement;
  readonly title: string;
  render(): void;
  dispose?(): void;
}
