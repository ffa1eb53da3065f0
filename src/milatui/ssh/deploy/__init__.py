"""Files of a public login: sshd configuration, launcher, systemd units, how-to."""
