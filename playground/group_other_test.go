//go:build !js && !(linux || darwin || freebsd || netbsd || openbsd)

package main

import "os/exec"

func ownGroup(*exec.Cmd) {}

func endGroup(cmd *exec.Cmd) {
	cmd.Process.Kill()
	cmd.Wait()
}
