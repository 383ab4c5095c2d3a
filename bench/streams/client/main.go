// Client of bench/streams: sends orders as one NDJSON stream and reads the results concurrently, places single
// orders at a constant rate, and reads the export.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sort"
	"sync"
	"time"
)

const maxLine = 1 << 20

var api string

// Creates a request with the TOKEN of the environment.
func asked(method, path string, body io.Reader) *http.Request {
	request, err := http.NewRequest(method, api+path, body)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("TOKEN"))
	return request
}

func post(path, mediaType string, body io.Reader) (*http.Response, error) {
	request := asked("POST", path, body)
	request.Header.Set("Content-Type", mediaType)
	return http.DefaultClient.Do(request)
}

// Order with one to three lines, different for each number.
func order(n int) string {
	lines := fmt.Sprintf(`{"sku":"MUG-%d","quantity":%d,"unitPrice":"12.50"}`, n%997, n%60+1)
	if n%3 > 0 {
		lines += fmt.Sprintf(`,{"sku":"TEE-%d","quantity":%d,"unitPrice":"19.99"}`, n%89, n%12+1)
	}
	if n%3 > 1 {
		lines += fmt.Sprintf(`,{"sku":"CAP-%d","quantity":%d,"unitPrice":"7.25"}`, n%31, n%5+1)
	}
	return `{"currency":"USD","lines":[` + lines + `]}`
}

// Single orders at a constant rate, timed from their scheduled start: a slow one does not delay the next.
type singles struct {
	took    []time.Duration
	rejected int
	lock    sync.Mutex
	running sync.WaitGroup
	stop    chan struct{}
	stopped chan struct{}
}

func startSingles(rate int) *singles {
	s := &singles{stop: make(chan struct{}), stopped: make(chan struct{})}
	go func() {
		defer close(s.stopped)
		tick := time.NewTicker(time.Second / time.Duration(rate))
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-s.stop:
				return
			case scheduledAt := <-tick.C:
				s.running.Add(1)
				go s.place(n, scheduledAt)
			}
		}
	}()
	return s
}

func (s *singles) place(n int, scheduledAt time.Time) {
	defer s.running.Done()
	response, err := post("/orders", "application/json", bytes.NewBufferString(order(n)))
	if err == nil {
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	took := time.Since(scheduledAt)
	s.lock.Lock()
	defer s.lock.Unlock()
	if err != nil || response.StatusCode != 201 {
		s.rejected++
	} else {
		s.took = append(s.took, took)
	}
}

// Stops them and returns their P99.
func (s *singles) end(when string) time.Duration {
	close(s.stop)
	<-s.stopped
	s.running.Wait()
	sort.Slice(s.took, func(i, j int) bool { return s.took[i] < s.took[j] })
	if len(s.took) == 0 {
		log.Fatalf("no single order was placed %s", when)
	}
	at := func(percent int) time.Duration { return s.took[(len(s.took)*percent+99)/100-1] }
	fmt.Printf("single orders %s: %d placed, %d rejected; P50 %.1f ms, P99 %.1f ms, max %.1f ms\n", when, len(s.took),
		s.rejected, ms(at(50)), ms(at(99)), ms(s.took[len(s.took)-1]))
	return at(99)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Sends orders as one stream and checks that each gets one result.
func stream(count int) {
	body, input := io.Pipe()
	go func() {
		lines := bufio.NewWriterSize(input, 1<<16)
		for n := 0; n < count; n++ {
			if _, err := lines.WriteString(order(n) + "\n"); err != nil {
				return
			}
		}
		lines.Flush()
		input.Close()
	}()
	started := time.Now()
	response, err := post("/orders/batch", "application/x-ndjson", body)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		log.Fatalf("status of the stream: %d", response.StatusCode)
	}
	seen := make([]bool, count)
	statuses := map[int]int{}
	results, placed := 0, 0
	ended := false
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(make([]byte, maxLine), maxLine)
	for lines.Scan() {
		var result struct {
			Index   *int
			Status  int
			Summary *struct{ Placed, Rejected int }
		}
		if err := json.Unmarshal(lines.Bytes(), &result); err != nil {
			log.Fatalf("%v in %s", err, lines.Text())
		}
		if result.Summary != nil {
			ended = true
			if result.Summary.Placed != placed || result.Summary.Placed+result.Summary.Rejected != results {
				log.Fatalf("the summary differs from the results: %s", lines.Text())
			}
			continue
		}
		if ended || result.Index == nil || *result.Index < 0 || *result.Index >= count || seen[*result.Index] {
			log.Fatalf("unexpected result: %s", lines.Text())
		}
		seen[*result.Index] = true
		results++
		statuses[result.Status]++
		if result.Status == 201 {
			placed++
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	if !ended || results != count {
		log.Fatalf("%d results to %d orders, summary: %v", results, count, ended)
	}
	seconds := time.Since(started).Seconds()
	fmt.Printf("stream: %d orders in %.1f s, %.0f orders/s; one result each, by status %v\n", count, seconds,
		float64(count)/seconds, statuses)
}

// Reads and counts all orders.
func export(mediaType string, headings, least int) {
	request := asked("GET", "/orders/export", nil)
	request.Header.Set("Accept", mediaType)
	started := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	rows := -headings
	lines := bufio.NewReaderSize(response.Body, 1<<16)
	for {
		part, err := lines.ReadSlice('\n')
		if len(part) > 0 && part[len(part)-1] == '\n' {
			rows++
		}
		if err == io.EOF {
			break
		}
		if err != nil && err != bufio.ErrBufferFull {
			log.Fatal(err)
		}
	}
	seconds := time.Since(started).Seconds()
	if response.StatusCode != 200 || rows < least {
		log.Fatalf("export as %s: %d, %d of %d rows", mediaType, response.StatusCode, rows, least)
	}
	fmt.Printf("export as %s: %d rows in %.1f s, %.0f rows/s\n", mediaType, rows, seconds, float64(rows)/seconds)
}

func main() {
	log.SetFlags(0)
	orders := flag.Int("orders", 1_000_000, "number of orders of the stream, minimum number of the export")
	rate := flag.Int("rate", 20, "single orders per second")
	alone := flag.Duration("alone", 30*time.Second, "duration of single orders without a stream")
	flag.StringVar(&api, "api", "http://127.0.0.1:18080/v1", "URL of the API")
	flag.Parse()
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = 100
	switch flag.Arg(0) {
	case "warm":
		stream(*orders)
	case "stream":
		before := startSingles(*rate)
		time.Sleep(*alone)
		aloneP99 := before.end("alone")
		during := startSingles(*rate)
		stream(*orders)
		duringP99 := during.end("beside the stream")
		fmt.Printf("P99 beside the stream is %.1f times the P99 without a stream\n", float64(duringP99)/float64(aloneP99))
	case "export":
		export("application/x-ndjson", 0, *orders)
		export("text/csv", 1, *orders)
	default:
		log.Fatal("warm, stream or export")
	}
}
