/** Fires once nobody has been connected for some seconds. */
export class IdleTimeout {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    /** 0: never. */
    private seconds: number,
    private readonly onIdle: () => void,
  ) {}

  /** Tells whether anyone is connected now. */
  update(idle: boolean): void {
    this.stop();
    if (idle && this.seconds > 0) this.#timer = setTimeout(this.onIdle, this.seconds * 1000);
  }

  change(seconds: number, idle: boolean): void {
    this.seconds = seconds;
    this.update(idle);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
