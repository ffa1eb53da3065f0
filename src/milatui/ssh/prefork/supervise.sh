#!/bin/sh
# Runs a program and outlives it: sh -c SCRIPT sh MESSAGE PROGRAM ...
# If a signal has killed the program, this shell resets the terminal and prints MESSAGE. On SIGHUP,
# SIGINT, SIGQUIT and SIGTERM the program resets it itself. What a shell reports about a killed
# child contains the command line and is discarded. The program does not get the variables that a
# shell adds (PWD, SHLVL). Comment lines are left out where the script is used, and it contains no
# single quote, so that it can be quoted.
words=$1
shift
trap : INT QUIT TERM
exec 3>&2 2>/dev/null
modes=$(stty -g)
(
    exec 2>&3 3>&-
    exec env -i HOME="$HOME" LANG="$LANG" PATH="$PATH" TERM="$TERM" COLORTERM="$COLORTERM" "$@"
)
status=$?
case $status in
129|130|131|143) exit $status ;;
esac
if [ $status -gt 128 ]; then
    stty "$modes"
    printf "@reset@%s\n" "$words" >&3
fi
exit $status
