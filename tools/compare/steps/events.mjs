export const events = [
  'define @D@/guest.xml',
  { line: 'event --domain one --event lifecycle --timeout 4', meanwhile: ['start one'] },
  {
    line: 'event --domain one --event lifecycle --loop --timeout 4',
    meanwhile: ['suspend one', 'resume one', 'destroy one'],
  },
  {
    line: 'event --all --loop --timeout 5',
    meanwhile: [
      'start one',
      'setmem one 100M',
      'change-media one hdc @D@/cd.iso',
      'attach-device one @D@/iface.xml',
      'detach-device one @D@/iface.xml',
      'destroy one',
    ],
  },
  {
    line: 'event --event device-added --timeout 4 --timestamp',
    meanwhile: ['start one', 'attach-device one @D@/iface.xml'],
  },
  'event --list',
  'event --event nonsense',
  'event --domain nope --event lifecycle',
  'event',
  {
    line: 'pool-event --event lifecycle --loop --timeout 3',
    meanwhile: ['pool-create @D@/pool.xml', 'pool-refresh p', 'pool-destroy p'],
  },
  { line: 'net-event --event lifecycle --loop --timeout 4', meanwhile: ['net-create @D@/net.xml', 'net-destroy n'] },
  'await one',
  'destroy one',
  'undefine one',
];
