#!/bin/sh
# Waits for the end of a session in place of the client: sh -c SCRIPT sh REPORTER ...
# Descriptor 3 is the connection to the session, see handshake.py. SIGTERM interrupts the reading
# and is passed on. If the session ends without its exit message, REPORTER takes this place.
told=
trap 'told=1; printf T >&3' TERM
until IFS=" " read -r status words <&3; do
    [ -n "$told" ] || exec "$@"
    told=
done
[ -z "$words" ] || printf "%s\r\n" "$words" >&2
exit "$status"
