package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

const (
	cacheSize = 10_000
	cacheTTL  = 1900 * time.Millisecond
)

type session struct {
	ID         string    `json:"id"`
	Device     *string   `json:"device"`
	Address    string    `json:"address"`
	CreatedAt  time.Time `json:"createdAt"`
	LastUsedAt time.Time `json:"lastUsedAt"`
	Current    bool      `json:"current"`

	uuid, user [16]byte
	hash       [32]byte
	readAt     time.Time
}

// Sessions by the SHA-256 of their token: in the database, and for two seconds in a bounded cache.
type sessions struct {
	pool  *pgxpool.Pool
	lock  sync.RWMutex
	cache map[[32]byte]*session
}

func newSessions(pool *pgxpool.Pool) *sessions {
	return &sessions{pool: pool, cache: map[[32]byte]*session{}}
}

// Returns the session of a token, nil if it is unknown.
func (s *sessions) find(ctx context.Context, token string) (*session, error) {
	hash := sha256.Sum256([]byte(token))
	now := time.Now()
	s.lock.RLock()
	cached := s.cache[hash]
	s.lock.RUnlock()
	if cached != nil && now.Sub(cached.readAt) < cacheTTL {
		return cached, nil
	}
	found := &session{hash: hash, readAt: now}
	err := s.pool.QueryRow(ctx, `select id, user_id, last_used_at from sessions where hash = $1 and last_used_at > now() - interval '30 min'`,
		hash[:]).Scan(&found.uuid, &found.user, &found.LastUsedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if now.Sub(found.LastUsedAt) > time.Minute {
		if _, err := s.pool.Exec(ctx, `update sessions set last_used_at = now() where hash = $1`, hash[:]); err != nil {
			return nil, err
		}
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	for any := range s.cache {
		if len(s.cache) < cacheSize {
			break
		}
		delete(s.cache, any)
	}
	s.cache[hash] = found
	return found, nil
}

// Returns the sessions of the caller, the most recently used first.
func (s *sessions) of(ctx context.Context, caller *session) ([]session, error) {
	rows, err := s.pool.Query(ctx, `select id, device, address, created_at, last_used_at from sessions
		where user_id = $1 and last_used_at > now() - interval '30 min' order by last_used_at desc`, caller.user)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	own := []session{}
	for rows.Next() {
		var one session
		if err := rows.Scan(&one.uuid, &one.Device, &one.Address, &one.CreatedAt, &one.LastUsedAt); err != nil {
			return nil, err
		}
		one.ID, one.Current = formatID("ses", one.uuid), one.uuid == caller.uuid
		one.CreatedAt, one.LastUsedAt = one.CreatedAt.UTC(), one.LastUsedAt.UTC()
		own = append(own, one)
	}
	return own, rows.Err()
}
