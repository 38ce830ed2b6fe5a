/** The host's time at the start. Seconds. */
export interface StartTime {
  readonly utc: number;
  /** East of Greenwich. */
  readonly localOffset: number;
}
