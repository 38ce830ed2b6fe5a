import type { Domain } from '@virtkit/schema';
import { unsupported } from './refuse.js';

/** What happens when a guest ends: not all of it is possible here. */
export function checkLifecycle({ onPoweroff, onReboot, onCrash }: Domain): void {
  if ([onPoweroff, onReboot, onCrash].includes('rename-restart')) {
    unsupported("qemu driver doesn't support the 'rename-restart' action for 'on_reboot'/'on_poweroff'/'on_crash'");
  }
  if (onPoweroff === 'restart' && onReboot === 'destroy') {
    unsupported("qemu driver doesn't support 'onReboot' set to 'destroy and 'onPoweroff' set to 'reboot'");
  }
  if (onReboot === 'preserve' || onPoweroff === 'preserve') {
    unsupported("qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'");
  }
}
