import type { SavedImageOptions } from '@virtkit/core';
import {
  coreDumpFlags,
  coreDumpFormats,
  type Handlers,
  noFlags,
  type remote,
  saveFlags,
  secureFlags,
  type TypedParameter,
} from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { chosen, nothing } from './wire.js';

const domainError = errorsFrom('DOMAIN');
const save = flagged('virDomainSaveFlags', saveFlags);
const saveParams = flagged('virDomainSaveParams', saveFlags);
const restore = flagged('virDomainRestoreFlags', saveFlags);
const restoreParams = flagged('virDomainRestoreParams', saveFlags);
const imageXml = flagged('virDomainSaveImageGetXMLDesc', secureFlags);
const defineImage = flagged('virDomainSaveImageDefineXML', saveFlags);
const managedSave = flagged('virDomainManagedSave', saveFlags);
const removeManaged = flagged('virDomainManagedSaveRemove', noFlags);
const managedXml = flagged('virDomainManagedSaveGetXMLDesc', secureFlags);
const defineManaged = flagged('virDomainManagedSaveDefineXML', saveFlags);
const coreDump = flagged('virDomainCoreDump', coreDumpFlags);
const coreDumpWithFormat = flagged('virDomainCoreDumpWithFormat', coreDumpFlags);

/** Domains saved to files, managed save, core dumps. */
export const domainSavedHandlers = {
  domainSave: async ({ dom, to }, { state }) =>
    nothing(state.session.savedImages.save(dom, to, {}, { function: 'virDomainSave' })),
  domainSaveFlags: async ({ dom, to, dxml, flags }, { state }) =>
    nothing(state.session.savedImages.save(dom, to, withXml(save.options(flags), dxml), save.via(flags))),
  domainSaveParams: async ({ dom, params, flags }, { state }) => {
    const { file, ...options } = imageParameters(params, 'virDomainSaveParams');
    const all = { ...saveParams.options(flags), ...options };
    return nothing(state.session.savedImages.save(dom, file, all, saveParams.via(flags)));
  },
  domainRestore: async ({ from }, { state }) =>
    nothing(state.session.savedImages.restore(from, {}, { function: 'virDomainRestore' })),
  domainRestoreFlags: async ({ from, dxml, flags }, { state }) =>
    nothing(state.session.savedImages.restore(from, withXml(restore.options(flags), dxml), restore.via(flags))),
  domainRestoreParams: async ({ params, flags }, { state }) => {
    const { file, ...options } = imageParameters(params, 'virDomainRestoreParams');
    const all = { ...restoreParams.options(flags), ...options };
    return nothing(state.session.savedImages.restore(file, all, restoreParams.via(flags)));
  },
  domainSaveImageGetXMLDesc: async ({ file, flags }, { state }) => ({
    xml: await state.session.savedImages.imageXmlDesc(file, imageXml.options(flags), imageXml.via(flags)),
  }),
  domainSaveImageDefineXML: async ({ file, dxml, flags }, { state }) =>
    nothing(state.session.savedImages.defineImage(file, dxml, defineImage.options(flags), defineImage.via(flags))),
  domainManagedSave: async ({ dom, flags }, { state }) =>
    nothing(state.session.savedImages.managedSave(dom, managedSave.options(flags), managedSave.via(flags))),
  domainManagedSaveRemove: async ({ dom, flags }, { state }) =>
    nothing(state.session.savedImages.removeManagedSave(dom, removeManaged.via(flags))),
  domainManagedSaveGetXMLDesc: async ({ dom, flags }, { state }) => ({
    xml: await state.session.savedImages.managedSaveXmlDesc(dom, managedXml.options(flags), managedXml.via(flags)),
  }),
  domainManagedSaveDefineXML: async ({ dom, dxml, flags }, { state }) => {
    const { options, via } = defineManaged;
    return nothing(state.session.savedImages.defineManagedSave(dom, dxml ?? '', options(flags), via(flags)));
  },
  domainCoreDump: async ({ dom, to, flags }, { state }) =>
    nothing(state.session.savedImages.coreDump(dom, to, 'raw', coreDump.options(flags), coreDump.via(flags))),
  domainCoreDumpWithFormat: async ({ dom, to, dumpformat, flags }, { state }) => {
    const { options, via } = coreDumpWithFormat;
    const format = chosen(coreDumpFormats, dumpformat, 'dumpformat', 'virDomainCoreDumpWithFormat');
    return nothing(state.session.savedImages.coreDump(dom, to, format, options(flags), via(flags)));
  },
} satisfies Handlers<typeof remote, RemoteCall>;

const withXml = (options: SavedImageOptions, xml: string | undefined): SavedImageOptions =>
  xml === undefined ? options : { ...options, xml };

/** @libvirt VIR_DOMAIN_SAVE_PARAM_FILE and its siblings */
function imageParameters(
  params: readonly TypedParameter[],
  api: string,
): SavedImageOptions & { readonly file: string } {
  const values = new Map(params.map(({ field, value }) => [field, value]));
  const file = values.get('file');
  const xml = values.get('dxml');
  const format = values.get('image_format');
  const channels = values.get('parallel.channels');
  if (typeof file !== 'string') throw domainError('INVALID_ARG', `missing parameter 'file' in ${api}`);
  return {
    file,
    ...(typeof xml === 'string' && { xml }),
    ...(typeof format === 'string' && { imageFormat: format }),
    ...(typeof channels === 'number' && { parallelChannels: channels }),
  };
}
