import { errorsFrom } from '@virtkit/schema';
import type { Domain, Os } from '@virtkit/schema';

const virtError = errorsFrom('DOMAIN');

const detail = (text: string): never => {
  throw virtError('XML_DETAIL', text);
};

/** Whether what is asked of the firmware fits together; the same check runs again when the definition is complete. */
export function checkOs({ os }: Domain): void {
  if (os.firmware === undefined) checkManual(os);
  else checkAutomatic(os);
  if (os.loader !== undefined) checkStateless(os, os.loader);
}

const feature = (os: Os, name: string): boolean | undefined =>
  os.firmwareFeatures?.features.find((entry) => entry.name === name)?.enabled;

function checkAutomatic(os: Os): void {
  if (feature(os, 'enrolled-keys') === true && feature(os, 'secure-boot') === false) {
    throw virtError(
      'CONFIG_UNSUPPORTED',
      "firmware feature 'enrolled-keys' cannot be enabled when firmware feature 'secure-boot' is disabled",
    );
  }
  if (os.nvram !== undefined && os.firmware !== 'efi')
    detail(`firmware type '${os.firmware ?? ''}' does not support nvram`);
}

function checkManual(os: Os): void {
  if (os.firmwareFeatures !== undefined && os.firmwareFeatures.features.length > 0) {
    detail('cannot use feature-based firmware autoselection when firmware autoselection is disabled');
  }
  if (os.loader !== undefined && (os.loader.path === undefined || os.loader.path === '')) {
    detail('no loader path specified and firmware auto selection disabled');
  }
}

function checkStateless(os: Os, loader: NonNullable<Os['loader']>): void {
  if (loader.stateless === true) {
    if (os.nvram?.template !== undefined) detail('NVRAM template is not permitted when loader is stateless');
    if (os.nvram !== undefined) detail('NVRAM is not permitted when loader is stateless');
  } else if (loader.stateless === false) {
    if (os.firmware === undefined && loader.type !== 'pflash') detail('Only pflash loader type permits NVRAM');
    if (os.firmware !== undefined && os.firmware !== 'efi') detail('Only EFI firmware permits NVRAM');
  }
}
