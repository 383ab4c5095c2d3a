package main

import (
	"context"
	"encoding/base64"
	"errors"
	"log"
	"strconv"
	"time"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

var (
	errKeyUsed = errors.New("idempotency key already used")
	errFull    = errors.New("too many orders are waiting")
)

const (
	writers  = 2
	maxGroup = 256
	maxQueue = 1024

	selectOrders = `select o.id, o.number, o.status, o.currency, o.refunded, o.version, o.placed_at, o.updated_at,
		l.sku, l.quantity, l.unit, l.gross, l.discount, l.tier from `
	insertOrder  = `insert into orders (id, status, currency, gross, discount, placed_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6) returning number`
	insertLine   = `insert into order_lines values ($1, $2, $3, $4, $5, $6, $7, $8)`
	insertKey    = `insert into keys values ($1, $2)`
	insertOrders = `insert into orders (id, status, currency, gross, discount, placed_at, updated_at)
		select *, placed_at from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[])
		as o (id, status, currency, gross, discount, placed_at) returning number`
	insertLines = `insert into order_lines select * from unnest($1::uuid[], $2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::int[])`
	insertKeys  = `insert into keys select * from unnest($1::text[], $2::uuid[])`
)

type store struct {
	pool  *pgxpool.Pool
	queue chan *pending // nil: a transaction per order
}

type pending struct {
	order *order
	key   string
	done  chan error
}

func openStore(ctx context.Context, dsn string, connections int, group bool) (*store, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.MaxConns = int32(connections)
	pool, err := pgxpool.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	reference := "references orders"
	if group {
		reference = "" // Half of the insert rate, and Kassa has none.
	}
	for _, q := range []string{
		`create table if not exists orders (id uuid primary key, number bigint generated always as identity, status text not null,
			currency char(3) not null, gross bigint not null, discount bigint not null, refunded bigint not null default 0,
			version int not null default 1, placed_at timestamptz not null, updated_at timestamptz not null)`,
		`create index if not exists orders_by_time on orders (placed_at desc, id desc)`,
		`create table if not exists order_lines (order_id uuid not null ` + reference + `, line_no int not null, sku text not null,
			quantity bigint not null, unit bigint not null, gross bigint not null, discount bigint not null, tier int not null,
			primary key (order_id, line_no))`,
		`create table if not exists keys (key text primary key, order_id uuid not null)`,
		`create table if not exists sessions (hash bytea primary key, id uuid not null, user_id uuid not null, device text,
			address text not null, created_at timestamptz not null, last_used_at timestamptz not null)`,
		`create index if not exists sessions_of_user on sessions (user_id, last_used_at desc)`,
		`insert into sessions select sha256('peer-token'), gen_random_uuid(), gen_random_uuid(), 'curl/7.88.1', '127.0.0.1', now(), now()
			on conflict do nothing`,
	} {
		if _, err := pool.Exec(ctx, q); err != nil {
			return nil, err
		}
	}
	s := &store{pool: pool}
	if group {
		s.queue = make(chan *pending, maxQueue)
		for i := 0; i < writers; i++ {
			go s.write()
		}
	}
	return s, nil
}

func (s *store) save(ctx context.Context, o *order, key string) error {
	if s.queue == nil {
		return keyUsed(s.saveAlone(ctx, o, key))
	}
	p := &pending{o, key, make(chan error, 1)}
	select {
	case s.queue <- p:
		return <-p.done
	default:
		return errFull
	}
}

func (s *store) saveAlone(ctx context.Context, o *order, key string) error {
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if key != "" {
		if _, err := tx.Exec(ctx, insertKey, key, o.uuid); err != nil {
			return err
		}
	}
	if err := tx.QueryRow(ctx, insertOrder, o.uuid, o.Status, o.Currency, o.price.gross, o.price.discount, o.PlacedAt).Scan(&o.Number); err != nil {
		return err
	}
	for i, l := range o.Lines {
		if _, err := tx.Exec(ctx, insertLine, o.uuid, i, l.Sku, l.Quantity, l.unit, l.gross, l.discount, l.tier); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// Writes what is waiting, without waiting for more.
func (s *store) write() {
	for first := range s.queue {
		group := []*pending{first}
	fill:
		for len(group) < maxGroup {
			select {
			case p := <-s.queue:
				group = append(group, p)
			default:
				break fill
			}
		}
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		s.writeGroup(ctx, group)
		cancel()
	}
}

func (s *store) writeGroup(ctx context.Context, group []*pending) {
	err := s.insertGroup(ctx, group)
	if err != nil && len(group) > 1 {
		// One bad order must not fail the others.
		s.writeGroup(ctx, group[:len(group)/2])
		s.writeGroup(ctx, group[len(group)/2:])
		return
	}
	for _, p := range group {
		p.done <- keyUsed(err)
	}
}

// All statements in one round trip, which is one transaction.
func (s *store) insertGroup(ctx context.Context, group []*pending) error {
	n, lines := len(group), 0
	for _, p := range group {
		lines += len(p.order.Lines)
	}
	ids, statuses, currencies := make([][16]byte, 0, n), make([]string, 0, n), make([]string, 0, n)
	gross, discounts, placed := make([]int64, 0, n), make([]int64, 0, n), make([]time.Time, 0, n)
	lineIDs, numbers, skus := make([][16]byte, 0, lines), make([]int32, 0, lines), make([]string, 0, lines)
	quantities, units, lineGross := make([]int64, 0, lines), make([]int64, 0, lines), make([]int64, 0, lines)
	lineDiscounts, lineTiers := make([]int64, 0, lines), make([]int32, 0, lines)
	var keys []string
	var keyIDs [][16]byte
	for _, p := range group {
		o := p.order
		ids, statuses, currencies = append(ids, o.uuid), append(statuses, o.Status), append(currencies, o.Currency)
		gross, discounts, placed = append(gross, o.price.gross), append(discounts, o.price.discount), append(placed, o.PlacedAt)
		for i := range o.Lines {
			l := &o.Lines[i]
			lineIDs, numbers, skus = append(lineIDs, o.uuid), append(numbers, int32(i)), append(skus, l.Sku)
			quantities, units, lineGross = append(quantities, l.Quantity), append(units, l.unit), append(lineGross, l.gross)
			lineDiscounts, lineTiers = append(lineDiscounts, l.discount), append(lineTiers, int32(l.tier))
		}
		if p.key != "" {
			keys, keyIDs = append(keys, p.key), append(keyIDs, o.uuid)
		}
	}
	batch := &pgx.Batch{}
	if len(keys) > 0 {
		batch.Queue(insertKeys, keys, keyIDs)
	}
	batch.Queue(insertOrders, ids, statuses, currencies, gross, discounts, placed)
	batch.Queue(insertLines, lineIDs, numbers, skus, quantities, units, lineGross, lineDiscounts, lineTiers)
	results := s.pool.SendBatch(ctx, batch)
	defer results.Close()
	if len(keys) > 0 {
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	rows, err := results.Query()
	if err != nil {
		return err
	}
	for i := 0; rows.Next(); i++ {
		if err := rows.Scan(&group[i].order.Number); err != nil {
			return err
		}
	}
	rows.Close()
	if _, err := results.Exec(); err != nil {
		return err
	}
	return results.Close()
}

func keyUsed(err error) error {
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.ConstraintName == "keys_pkey" {
		return errKeyUsed
	}
	return err
}

func (s *store) withKey(ctx context.Context, key string) (*order, error) {
	var id [16]byte
	if err := s.pool.QueryRow(ctx, `select order_id from keys where key = $1`, key).Scan(&id); err != nil {
		return nil, err
	}
	return s.find(ctx, id)
}

// Returns an order, nil if there is none.
func (s *store) find(ctx context.Context, id [16]byte) (*order, error) {
	found, err := s.query(ctx, 1, selectOrders+`orders o join order_lines l on l.order_id = o.id where o.id = $1 order by l.line_no`, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// Returns the newest orders.
func (s *store) list(ctx context.Context, limit int) (*page, error) {
	// The planner must know the limit.
	found, err := s.query(ctx, limit+1, selectOrders+`(select * from orders order by placed_at desc, id desc limit `+strconv.Itoa(limit+1)+`) o
		join order_lines l on l.order_id = o.id order by o.placed_at desc, o.id desc, l.line_no`)
	if err != nil {
		return nil, err
	}
	p := &page{Data: found}
	if len(found) > limit {
		p.Data = found[:limit]
		last := found[limit-1]
		cursor := base64.RawURLEncoding.EncodeToString([]byte(last.PlacedAt.Format(time.RFC3339Nano) + last.ID))
		p.NextCursor = &cursor
	}
	return p, nil
}

// Reads orders with their lines, which follow each other.
func (s *store) query(ctx context.Context, size int, sql string, arguments ...any) ([]*order, error) {
	rows, err := s.pool.Query(ctx, sql, arguments...)
	if err != nil {
		log.Print(err)
		return nil, err
	}
	defer rows.Close()
	type head struct {
		id                  [16]byte
		number, refunded    int64
		status, currency    string
		version             int
		placedAt, updatedAt time.Time
	}
	found := make([]*order, 0, size)
	var current, next head
	var p *price
	finish := func() {
		if p != nil {
			o := orderOf(p, current.id, current.status, current.version, current.refunded, current.placedAt.UTC(), current.updatedAt.UTC())
			o.Number = current.number
			found = append(found, o)
		}
	}
	for rows.Next() {
		var l line
		if err := rows.Scan(&next.id, &next.number, &next.status, &next.currency, &next.refunded, &next.version, &next.placedAt, &next.updatedAt,
			&l.Sku, &l.Quantity, &l.unit, &l.gross, &l.discount, &l.tier); err != nil {
			return nil, err
		}
		if p == nil || next.id != current.id {
			finish()
			current, p = next, &price{currency: next.currency, lines: make([]line, 0, 4)}
		}
		l.UnitPrice = text(l.unit)
		p.add(l)
	}
	if err := rows.Err(); err != nil {
		log.Print(err)
		return nil, err
	}
	finish()
	return found, nil
}
