// Load generator for POST /v1/orders: a closed loop, in which each client waits for its response, or an open loop at
// a constant rate. Prints: offered/s, placed/s, rejected/s, P50 and P99 ms of placed orders, P50 and P99 ms of
// rejected orders, and the number of failed requests; with -windows also the placed orders of each second. Sends the
// TOKEN of the environment.
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
	requestTimeout = 30 * time.Second
	// Waiting for a free connection counts as time of the request. Kassa accepts 512 from one address.
	connections = 500
)

// Times of requests with the same outcome.
type times []time.Duration

func (t times) ms(percent int) float64 {
	if len(t) == 0 {
		return 0
	}
	sort.Slice(t, func(i, j int) bool { return t[i] < t[j] })
	return float64(t[(len(t)-1)*percent/100].Microseconds()) / 1000
}

type tally struct {
	started          time.Time
	lock             sync.Mutex
	placed, rejected times
	bySecond         []int
	failed           map[string]int
}

func (t *tally) add(outcome string, took time.Duration) {
	t.lock.Lock()
	defer t.lock.Unlock()
	switch outcome {
	case "201":
		t.placed = append(t.placed, took)
		second := int(time.Since(t.started).Seconds())
		for len(t.bySecond) <= second {
			t.bySecond = append(t.bySecond, 0)
		}
		t.bySecond[second]++
	case "503":
		t.rejected = append(t.rejected, took)
	default:
		t.failed[outcome]++
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

// Cause of an error without variable parts, for grouping.
func reason(err error) string {
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
		err = cause
	}
	return err.Error()
}

// Sends an order. Its time starts at the scheduled start, not when it is sent.
func (o *offer) send(n int, scheduledAt time.Time) {
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
	o.tally.add(outcome, time.Since(scheduledAt))
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
	scheduledAt := time.Now()
	for n := 0; scheduledAt.Before(end); n++ {
		time.Sleep(time.Until(scheduledAt))
		running.Add(1)
		go func(n int, scheduledAt time.Time) {
			defer running.Done()
			o.send(n, scheduledAt)
		}(n, scheduledAt)
		scheduledAt = scheduledAt.Add(pause)
	}
	running.Wait()
}

func main() {
	url := flag.String("url", "http://127.0.0.1:8080/v1/orders", "URL")
	clients := flag.Int("clients", 64, "clients of the closed loop")
	rate := flag.Float64("rate", 0, "orders/s of the open loop; 0 for a closed loop")
	seconds := flag.Float64("seconds", 10, "duration")
	windows := flag.Bool("windows", false, "print the placed orders of each second on a second line")
	flag.Parse()
	transport := &http.Transport{MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections}
	o := &offer{
		client: &http.Client{Transport: transport, Timeout: requestTimeout},
		url:    *url,
		tally:  tally{failed: map[string]int{}},
	}
	started := time.Now()
	o.tally.started = started
	end := started.Add(time.Duration(*seconds * float64(time.Second)))
	if *rate > 0 {
		o.openLoop(*rate, end)
	} else {
		o.closedLoop(*clients, end)
	}
	failed := 0
	for outcome, count := range o.tally.failed {
		fmt.Fprintln(os.Stderr, outcome, count)
		failed += count
	}
	placed, rejected := o.tally.placed, o.tally.rejected
	// Until the last response, so that a remaining queue counts, too.
	took := time.Since(started).Seconds()
	fmt.Printf("%.0f %.0f %.0f %.1f %.1f %.1f %.1f %d\n",
		float64(len(placed)+len(rejected)+failed)/took, float64(len(placed))/took, float64(len(rejected))/took,
		placed.ms(50), placed.ms(99), rejected.ms(50), rejected.ms(99), failed)
	if *windows {
		fmt.Println(strings.Trim(fmt.Sprint(o.tally.bySecond), "[]"))
	}
}
