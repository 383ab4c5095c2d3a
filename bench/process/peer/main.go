// Peer: a batch of orders in idiomatic Go, with a goroutine per order, or with bounded concurrency.
// Orders are priced by the default tiers and stored in a map. Prints the milliseconds of each round.
package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"strconv"
	"sync"
	"time"
)

type lineIn struct {
	sku      string
	quantity int64
	unit     int64
}

type orderIn struct {
	currency string
	customer string
	lines    []lineIn
}

type line struct {
	sku                             string
	quantity, unit, gross, discount int64
}

type order struct {
	id              [16]byte
	number          int64
	currency        string
	customer        string
	placedAt        time.Time
	lines           []line
	gross, discount int64
}

type result struct {
	order *order
	err   error
}

type store struct {
	mu     sync.Mutex
	orders map[[16]byte]*order
	wait   time.Duration
}

func (s *store) save(o *order) error {
	if s.wait > 0 {
		time.Sleep(s.wait)
	}
	o.placedAt = time.Now().UTC()
	s.mu.Lock()
	defer s.mu.Unlock()
	o.number = int64(len(s.orders)) + 1
	s.orders[o.id] = o
	return nil
}

func newID() (id [16]byte) {
	rand.Read(id[6:])
	ms := time.Now().UnixMilli()
	for i := 5; i >= 0; i-- {
		id[i] = byte(ms)
		ms >>= 8
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

func price(in *orderIn) (*order, error) {
	if len(in.currency) != 3 || len(in.lines) == 0 || len(in.lines) > 500 {
		return nil, errors.New("bad order")
	}
	o := &order{id: newID(), currency: in.currency, customer: in.customer, lines: make([]line, 0, len(in.lines))}
	for _, l := range in.lines {
		if l.sku == "" || l.quantity < 1 || l.quantity > 1000000 || l.unit < 0 || l.unit > 1e12 {
			return nil, errors.New("bad line")
		}
		percent := int64(0)
		if l.quantity >= 50 {
			percent = 20
		} else if l.quantity >= 10 {
			percent = 10
		}
		gross := l.unit * l.quantity
		off := (gross*percent + 50) / 100
		o.lines = append(o.lines, line{l.sku, l.quantity, l.unit, gross, off})
		o.gross += gross
		o.discount += off
	}
	return o, nil
}

func processOrders(in []orderIn, s *store, bound int) []result {
	results := make([]result, len(in))
	var all sync.WaitGroup
	var permits chan struct{}
	if bound > 0 {
		permits = make(chan struct{}, bound)
	}
	for i := range in {
		if permits != nil {
			permits <- struct{}{}
		}
		all.Add(1)
		go func(i int) {
			defer all.Done()
			o, err := price(&in[i])
			if err == nil {
				err = s.save(o)
			}
			results[i] = result{o, err}
			if permits != nil {
				<-permits
			}
		}(i)
	}
	all.Wait()
	return results
}

func main() {
	count := flag.Int("orders", 100000, "orders per round")
	rounds := flag.Int("rounds", 10, "rounds")
	wait := flag.Duration("wait", 0, "how long the store waits for each order")
	bound := flag.Int("bound", 0, "maximum number of concurrent orders; 0 for no limit")
	flag.Parse()

	in := make([]orderIn, *count)
	for i := range in {
		lines := make([]lineIn, 3)
		for j := range lines {
			lines[j] = lineIn{"SKU-" + strconv.Itoa((i+j)%400), int64(1 + (i*7+j)%12), int64(199 + 10*j)}
		}
		in[i] = orderIn{"EUR", "customer-" + strconv.Itoa(i%1000), lines}
	}
	for range make([]struct{}, *rounds) {
		s := &store{orders: map[[16]byte]*order{}, wait: *wait}
		started := time.Now()
		results := processOrders(in, s, *bound)
		took := time.Since(started)
		for _, r := range results {
			if r.err != nil || s.orders[r.order.id] != r.order {
				panic("an order is missing")
			}
		}
		fmt.Println(took.Milliseconds())
	}
}
