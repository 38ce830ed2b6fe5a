"""python3-libvirt against the daemon of a uri: prints as JSON what it saw. Usage: guest.py URI DOCUMENT"""
import json
import sys
import threading

import libvirt

uri, document = sys.argv[1:]
libvirt.virEventRegisterDefaultImpl()


def run_loop():
    while True:
        libvirt.virEventRunDefaultImpl()


threading.Thread(target=run_loop, daemon=True).start()
seen = {"legacy": [], "any": []}
ended = {style: threading.Event() for style in seen}


def note(connection, domain, event, detail, style):
    seen[style].append([event, detail, domain.name()])
    if event == libvirt.VIR_DOMAIN_EVENT_UNDEFINED:
        ended[style].set()


connection = libvirt.open(uri)
connection.domainEventRegister(note, "legacy")
identity = connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, note, "any")

domain = connection.defineXML(document)
domain.create()
states = [domain.state()]
lists = [[each.name() for each in connection.listAllDomains()]]
domain.destroy()
states.append(domain.state())
domain.undefine()
lists.append([each.name() for each in connection.listAllDomains()])
complete = all(event.wait(20) for event in ended.values())

connection.domainEventDeregister(note)
connection.domainEventDeregisterAny(identity)
del domain
print(json.dumps({"events": seen, "complete": complete, "states": states, "lists": lists, "left": connection.close()}))
