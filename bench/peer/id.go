package main

import (
	"crypto/rand"
	"encoding/binary"
	"strings"
	"time"
)

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// Returns a UUID of version 7: later ones are larger.
func newUUID(at time.Time) (id [16]byte) {
	rand.Read(id[6:])
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(id[:6], ms[2:])
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

// Formats an id as a TypeID: a prefix, and 26 digits of 5 bits.
func formatID(prefix string, id [16]byte) string {
	upper, lower := binary.BigEndian.Uint64(id[:8]), binary.BigEndian.Uint64(id[8:])
	var digits [26]byte
	for i := 25; i >= 0; i-- {
		digits[i] = alphabet[lower&31]
		lower = lower>>5 | upper<<59
		upper >>= 5
	}
	return prefix + "_" + string(digits[:])
}

func parseID(prefix, s string) (id [16]byte, ok bool) {
	if len(s) != len(prefix)+27 || !strings.HasPrefix(s, prefix+"_") || s[len(prefix)+1] > '7' {
		return id, false
	}
	var upper, lower uint64
	for i := len(prefix) + 1; i < len(s); i++ {
		digit := strings.IndexByte(alphabet, s[i])
		if digit < 0 {
			return id, false
		}
		upper = upper<<5 | lower>>59
		lower = lower<<5 | uint64(digit)
	}
	binary.BigEndian.PutUint64(id[:8], upper)
	binary.BigEndian.PutUint64(id[8:], lower)
	return id, true
}
