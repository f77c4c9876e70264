# shellcheck shell=bash
# Waiting for what a test needs, never for a time.

# wait_until COMMAND... - poll until it succeeds, half a minute at most.
wait_until() {
	local i
	for ((i = 0; i < 1500; i++)); do
		"$@" && return
		sleep 0.02
	done
	echo "waited in vain for: $*" >&2
	return 1
}

# stop_process PID - stop it, and wait until each of its threads has stopped: one that still runs
# does not tell where its stack is.  A first thread that has ended stays a zombie.
stop_process() {
	local last=$((SECONDS + 30))
	kill -STOP "$1"
	while grep -hs '^State:' "/proc/$1/task"/*/status | grep -qv '[TZ] ('; do
		((SECONDS < last)) || { echo "$1 does not stop" >&2; return 1; }
	done
}
