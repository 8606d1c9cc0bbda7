//go:build linux || darwin || freebsd || netbsd || openbsd

package main

import (
	"os/exec"
	"syscall"
)

// ownGroup lets a command's children be ended with it.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func endGroup(cmd *exec.Cmd) {
	syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
	cmd.Wait()
}
