// Offers orders to POST /v1/orders: in a closed loop, in which each client sends when it was answered, or in an open
// loop at a constant rate, whatever comes back. Prints: offered/s, placed/s, refused/s, P50 and P99 ms of the placed,
// P50 and P99 ms of the refused, and how many requests had neither answer.
// Shows the TOKEN of the environment.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

const (
	patience = 30 * time.Second
	// What finds none that is free waits for one, which counts as time of its request.
	connections = 1000
)

// Times are of requests that were answered alike.
type times []time.Duration

func (t times) ms(percent int) float64 {
	if len(t) == 0 {
		return 0
	}
	sort.Slice(t, func(i, j int) bool { return t[i] < t[j] })
	return float64(t[(len(t)-1)*percent/100].Microseconds()) / 1000
}

type tally struct {
	lock            sync.Mutex
	placed, refused times
	neither         map[string]int
}

func (t *tally) add(outcome string, took time.Duration) {
	t.lock.Lock()
	defer t.lock.Unlock()
	switch outcome {
	case "201":
		t.placed = append(t.placed, took)
	case "503":
		t.refused = append(t.refused, took)
	default:
		t.neither[outcome]++
	}
}

type offer struct {
	client *http.Client
	url    string
	tally  tally
}

func body(n int) string {
	return fmt.Sprintf(`{"currency":"USD","lines":[{"sku":"MUG-%d","quantity":%d,"unitPrice":"12.50"},`+
		`{"sku":"TEE-%d","quantity":%d,"unitPrice":"19.99"},{"sku":"CAP-%d","quantity":%d,"unitPrice":"7.25"}]}`,
		n%997, n%60+1, n%89, n%12+1, n%31, n%5+1)
}

// What is behind an error, without what differs from one to the next.
func reason(err error) string {
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
		err = cause
	}
	return err.Error()
}

// Sends an order. Its time begins when it was due, not when it could be sent.
func (o *offer) send(n int, due time.Time) {
	var outcome string
	request, err := http.NewRequest("POST", o.url, strings.NewReader(body(n)))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
	response, err := o.client.Do(request)
	if err == nil {
		outcome = fmt.Sprint(response.StatusCode)
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	if err != nil {
		outcome = reason(err)
	}
	o.tally.add(outcome, time.Since(due))
}

func (o *offer) closedLoop(clients int, end time.Time) {
	var running sync.WaitGroup
	for client := 0; client < clients; client++ {
		running.Add(1)
		go func(n int) {
			defer running.Done()
			for ; time.Now().Before(end); n += clients {
				o.send(n, time.Now())
			}
		}(client)
	}
	running.Wait()
}

func (o *offer) openLoop(rate float64, end time.Time) {
	var running sync.WaitGroup
	pause := time.Duration(float64(time.Second) / rate)
	due := time.Now()
	for n := 0; due.Before(end); n++ {
		time.Sleep(time.Until(due))
		running.Add(1)
		go func(n int, due time.Time) {
			defer running.Done()
			o.send(n, due)
		}(n, due)
		due = due.Add(pause)
	}
	running.Wait()
}

func main() {
	url := flag.String("url", "http://127.0.0.1:8080/v1/orders", "where to send orders")
	clients := flag.Int("clients", 64, "the clients of a closed loop")
	rate := flag.Float64("rate", 0, "orders/s of an open loop; a closed one if 0")
	seconds := flag.Float64("seconds", 10, "how long")
	flag.Parse()
	transport := &http.Transport{MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections}
	o := &offer{
		client: &http.Client{Transport: transport, Timeout: patience},
		url:    *url,
		tally:  tally{neither: map[string]int{}},
	}
	begun := time.Now()
	end := begun.Add(time.Duration(*seconds * float64(time.Second)))
	if *rate > 0 {
		o.openLoop(*rate, end)
	} else {
		o.closedLoop(*clients, end)
	}
	neither := 0
	for outcome, count := range o.tally.neither {
		fmt.Fprintln(os.Stderr, outcome, count)
		neither += count
	}
	placed, refused := o.tally.placed, o.tally.refused
	// Until the last answer: a queue that is left behind counts too.
	took := time.Since(begun).Seconds()
	fmt.Printf("%.0f %.0f %.0f %.1f %.1f %.1f %.1f %d\n",
		float64(len(placed)+len(refused)+neither)/took, float64(len(placed))/took, float64(len(refused))/took,
		placed.ms(50), placed.ms(99), refused.ms(50), refused.ms(99), neither)
}
