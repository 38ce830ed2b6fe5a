/** Where hugepages of one size are mounted. */
export interface HugepageMount {
  readonly path: string;
  /** KiB */
  readonly size: number;
  /** Used where the document names no size. */
  readonly isDefault: boolean;
}

/** TLS settings of one kind of connection. */
export interface TlsSettings {
  readonly enabled: boolean;
  readonly directory: string;
  readonly verifyPeer: boolean;
  /** UUID of the secret that opens the private key. */
  readonly secretUuid?: string;
}

/** SASL settings of one kind of display. */
export interface SaslSettings {
  readonly enabled: boolean;
  readonly directory?: string;
}

/** The settings of the driver that show on a command line; names are those of `qemu.conf`. */
export interface CommandConfig {
  /** State of the guests; each has `domain-ID-NAME` in it. */
  readonly libDir: string;
  readonly channelTargetDir: string;
  readonly dbusStateDir: string;
  readonly rdpStateDir: string;
  readonly memoryBackingDir: string;
  readonly hugepages: readonly HugepageMount[];
  readonly privileged: boolean;
  readonly setProcessName: boolean;
  readonly dumpGuestCore: boolean;
  readonly logTimestamp: boolean;
  /** -1 automatic, 0 off, 1 on */
  readonly seccompSandbox: number;
  /** How QEMU reacts to deprecated interfaces: `none`, `omit`, `reject`, `crash`. */
  readonly deprecationBehavior: string;
  readonly vncAutoUnixSocket: boolean;
  readonly vncAllowHostAudio: boolean;
  readonly nographicsAllowHostAudio: boolean;
  readonly vncTls: TlsSettings;
  readonly vncSasl: SaslSettings;
  readonly vncPassword?: string;
  readonly spiceAutoUnixSocket: boolean;
  readonly spiceTls: TlsSettings;
  readonly spiceSasl: SaslSettings;
  readonly spicePassword?: string;
  readonly chardevTls: TlsSettings;
  readonly nbdTls: TlsSettings;
  readonly migrateTls: TlsSettings;
  /** How much a Gluster client says; undefined leaves it to QEMU. */
  readonly glusterDebugLevel?: number;
}

/** The environment QEMU's command is started with. */
export interface CommandEnvironment {
  readonly path: string;
  readonly user: string | undefined;
  readonly logname: string | undefined;
  readonly home: string | undefined;
  readonly tmpdir?: string;
  /** Variables passed on for audio back ends. */
  readonly audio: Readonly<Record<string, string | undefined>>;
}
