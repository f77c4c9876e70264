# shellcheck shell=bash

# stop_process PID - stop it, and wait until each of its threads has stopped: one that still runs
# does not tell where its stack is.  A first thread that has ended stays a zombie.
stop_process() {
	local last=$((SECONDS + 30))
	kill -STOP "$1"
	while grep -hs '^State:' "/proc/$1/task"/*/status | grep -qv '[TZ] ('; do
		((SECONDS < last)) || { echo "$1 does not stop" >&2; return 1; }
	done
}
