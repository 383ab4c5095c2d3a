// Peer: a batch of orders in idiomatic Go, with a goroutine per order, or with bounded concurrency. It does the work
// of Kassa: rules that are data, limits, taxes, a trace of each rule, discounts by line and unit. Orders are stored in
// a map. Prints the milliseconds of each round.
package main

import (
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"log"
	"strconv"
	"sync"
	"time"
)

type newOrder struct {
	order       *order
	trace       []outcome
	redemptions []redemption
}

type order struct {
	id                 [16]byte
	number             int64
	status             string
	customer           string
	currency           string
	placedAt           time.Time
	version            int
	lines              []pricedLine
	rejected           []string
	refunded           int64
	metadata           map[string]string
	subtotal, discount int64
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

func (s *store) save(n *newOrder) {
	if s.wait > 0 {
		time.Sleep(s.wait)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n.order.number = int64(len(s.orders)) + 1
	s.orders[n.order.id] = n.order
}

func newID(at time.Time) (id [16]byte) {
	rand.Read(id[6:])
	ms := at.UnixMilli()
	for i := 5; i >= 0; i-- {
		id[i] = byte(ms)
		ms >>= 8
	}
	id[6], id[8] = id[6]&0x0f|0x70, id[8]&0x3f|0x80
	return id
}

func validate(c *cart) error {
	if len(c.currency) != 3 || len(c.lines) == 0 || len(c.lines) > 500 {
		return errors.New("bad order")
	}
	for i := range c.lines {
		l := &c.lines[i]
		if l.sku == "" || l.thousandths < 1 || l.thousandths > 1_000_000*unit || l.micros < 0 || l.micros > 1e18 {
			return errors.New("bad line")
		}
	}
	return nil
}

func place(c *cart, rules []*rule, s *store) (*order, error) {
	if err := validate(c); err != nil {
		return nil, err
	}
	now := time.Now().UTC()
	q, err := price(c, rules, now)
	if err != nil {
		return nil, err
	}
	o := &order{id: newID(now), status: "placed", customer: c.customer, currency: c.currency, placedAt: now, version: 1, lines: q.lines, rejected: q.rejected}
	for i := range q.lines {
		o.subtotal += q.lines[i].subtotal
		for _, d := range q.lines[i].discounts {
			o.discount += d.amount
		}
	}
	s.save(&newOrder{o, q.trace, q.redemptions})
	return o, nil
}

func processOrders(in []cart, rules []*rule, s *store, bound int) []result {
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
			o, err := place(&in[i], rules, s)
			results[i] = result{o, err}
			if permits != nil {
				<-permits
			}
		}(i)
	}
	all.Wait()
	return results
}

// A wrong price would make the comparison worthless.
func check(c *cart, o *order) error {
	for i, l := range o.lines {
		units := c.lines[i].thousandths / unit
		var sum, discounts int64
		for n := int64(0); n < units; n++ {
			for _, d := range l.discounts {
				sum += shareOfFirst(d.amount, units, n+1) - shareOfFirst(d.amount, units, n)
			}
		}
		for _, d := range l.discounts {
			discounts += d.amount
		}
		expected := int64(0)
		if units >= 10 {
			expected = (l.subtotal*10 + 50) / 100
		}
		if discounts != expected || sum != expected {
			return fmt.Errorf("a line has a discount of %d instead of %d", discounts, expected)
		}
	}
	return nil
}

func main() {
	count := flag.Int("orders", 100000, "orders per round")
	rounds := flag.Int("rounds", 10, "rounds")
	wait := flag.Duration("wait", 0, "how long the store waits for each order")
	bound := flag.Int("bound", 0, "maximum number of concurrent orders; 0 for no limit")
	flag.Parse()

	rules, err := readRules(seed)
	if err != nil {
		log.Fatal(err)
	}
	in := make([]cart, *count)
	for i := range in {
		lines := make([]cartLine, 3)
		for j := range lines {
			lines[j] = cartLine{sku: "SKU-" + strconv.Itoa((i+j)%400), thousandths: int64(1+(i*7+j)%12) * unit, micros: int64(199+10*j) * 10_000}
		}
		in[i] = cart{currency: "EUR", minorUnit: 10_000, customer: "customer-" + strconv.Itoa(i%1000), lines: lines}
	}
	for range make([]struct{}, *rounds) {
		s := &store{orders: map[[16]byte]*order{}, wait: *wait}
		started := time.Now()
		results := processOrders(in, rules, s, *bound)
		took := time.Since(started)
		for i, r := range results {
			if r.err != nil || s.orders[r.order.id] != r.order {
				log.Fatal("an order is missing: ", r.err)
			}
			if i%1000 == 0 {
				if err := check(&in[i], r.order); err != nil {
					log.Fatal(err)
				}
			}
		}
		fmt.Println(took.Milliseconds())
	}
}
