import type { Domain } from '@virtkit/schema';
import type { CommandContext } from './context.js';
import { domainDir } from './paths.js';

/** Variables QEMU is started with, in order. */
export type EnvironmentVariables = readonly (readonly [name: string, value: string])[];

/**
 * A system guest has a home of its own below the driver's folder; one of a session keeps its user's. What a display or a
 * sound back end needs follows.
 */
export function environmentOf(context: CommandContext): EnvironmentVariables {
  const { environment, config } = context;
  const home = config.privileged ? domainDir(context) : environment.home;
  return [
    ['LC_ALL', 'C'],
    ['PATH', environment.path],
    ...optional('HOME', home),
    ...optional('USER', environment.user),
    ...optional('LOGNAME', environment.logname),
    ...optional('TMPDIR', environment.tmpdir),
    ...(config.privileged && home !== undefined ? xdgFolders(home) : []),
    ...timezone(context.domain),
    ...audioVariables(context),
    ...displayVariables(context),
  ];
}

const timezone = ({ clock }: Domain): EnvironmentVariables =>
  clock.offset === 'timezone' ? optional('TZ', clock.timezone) : [];

const optional = (name: string, value: string | undefined): EnvironmentVariables =>
  value === undefined ? [] : [[name, value]];

const xdgFolders = (home: string): EnvironmentVariables => [
  ['XDG_DATA_HOME', `${home}/.local/share`],
  ['XDG_CACHE_HOME', `${home}/.cache`],
  ['XDG_CONFIG_HOME', `${home}/.config`],
];

const displayVariables = ({ domain, config }: CommandContext): EnvironmentVariables =>
  domain.devices.graphics.flatMap((graphics): EnvironmentVariables => {
    switch (graphics.type) {
      case 'sdl':
        return [...optional('XAUTHORITY', graphics.xauth), ...optional('DISPLAY', graphics.display)];
      case 'vnc':
        return config.vncSasl.enabled ? optional('SASL_CONF_PATH', config.vncSasl.directory) : [];
      case 'spice':
        return config.spiceSasl.enabled ? optional('SASL_CONF_PATH', config.spiceSasl.directory) : [];
      default:
        return [];
    }
  });

function audioVariables({ domain, environment }: CommandContext): EnvironmentVariables {
  const { audios } = domain.devices;
  const sdl = audios.find(({ type }) => type === 'sdl');
  const pipewire = audios.find(({ type }) => type === 'pipewire');
  return [
    ...(sdl
      ? optional(
          'SDL_AUDIODRIVER',
          (sdl.type === 'sdl' ? sdl.driver : undefined) ?? environment.audio['SDL_AUDIODRIVER'],
        )
      : []),
    ...(pipewire
      ? optional(
          'PIPEWIRE_RUNTIME_DIR',
          (pipewire.type === 'pipewire' ? pipewire.runtimeDir : undefined) ?? environment.audio['PIPEWIRE_RUNTIME_DIR'],
        )
      : []),
  ];
}
