const digits = (value: number): string => String(value).padStart(3, '0');

/** File through which QEMU talks to a device on the host's USB bus. */
export const usbFile = (bus: number, device: number): string => `/dev/bus/usb/${digits(bus)}/${digits(device)}`;
