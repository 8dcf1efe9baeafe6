"""Stories played with the software of Debian 13, which runs in a chroot; see README.md."""
