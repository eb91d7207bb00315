import { entry, type Register } from '../api/registers';

/** Names of entries that others refer to; each is asked for once. */
export class Names {
  private readonly known = new Map<string, string | null>();
  private readonly asked = new Map<string, Promise<string | null>>();

  /** @param told Called when a name has come that was not there when somebody asked. */
  constructor(private readonly told: () => void) {}

  note(id: string, name: string): void {
    this.known.set(id, name);
  }

  /** The name; undefined while it is being asked for; null when there is none. */
  of(register: Register | undefined, id: string): string | null | undefined {
    if (!this.known.has(id) && register !== undefined) void this.ask(register, id);
    return register === undefined ? null : this.known.get(id);
  }

  ask(register: Register, id: string): Promise<string | null> {
    const asked = this.asked.get(id) ?? entry(register, id).then((e) => e.properties.name, () => null).then((name) => {
      if (!this.known.has(id)) this.known.set(id, name);
      this.told();
      return this.known.get(id) ?? null;
    });
    this.asked.set(id, asked);
    return asked;
  }
}
