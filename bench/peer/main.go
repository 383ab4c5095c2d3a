// Peer: the same service in Go, for the calls that the benchmarks use, with the same JSON.
// net/http, encoding/json and pgx. -commit each stores each order in a transaction of its own; -commit group
// writes the orders of concurrent requests together, as Kassa does.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log"
	"net/http"
	"strconv"
	"strings"
)

type server struct {
	store    *store
	sessions *sessions
}

type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
}

func respond(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

func reject(w http.ResponseWriter, status int, title string) {
	respond(w, status, problem{title, status})
}

// Runs a handler only for callers with a session.
func (s *server) signedIn(handle func(http.ResponseWriter, *http.Request, *session)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		caller, err := s.sessions.find(r.Context(), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		if err != nil {
			reject(w, 503, "Store unavailable")
			return
		}
		if caller == nil {
			reject(w, 401, "Unauthorized")
			return
		}
		handle(w, r, caller)
	}
}

// Reads and prices a cart; answers the request itself if the cart is invalid.
func cartOf(w http.ResponseWriter, r *http.Request) *price {
	var in cart
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		reject(w, 400, "Malformed")
		return nil
	}
	p, err := priced(&in)
	if err != nil {
		reject(w, 422, err.Error())
		return nil
	}
	return p
}

func (s *server) quote(w http.ResponseWriter, r *http.Request, _ *session) {
	if p := cartOf(w, r); p != nil {
		respond(w, 200, quoteOf(p))
	}
}

func (s *server) orders(w http.ResponseWriter, r *http.Request, _ *session) {
	if r.Method == http.MethodGet {
		s.list(w, r)
		return
	}
	p := cartOf(w, r)
	if p == nil {
		return
	}
	o := newOrder(p)
	key := r.Header.Get("Idempotency-Key")
	err := s.store.save(r.Context(), o, key)
	if errors.Is(err, errKeyUsed) {
		w.Header().Set("Idempotent-Replayed", "true")
		o, err = s.store.withKey(r.Context(), key)
	}
	if err != nil {
		log.Print(err)
		reject(w, 503, "Store unavailable")
		return
	}
	w.Header().Set("Location", "/v1/orders/"+o.ID)
	respond(w, 201, o)
}

func (s *server) order(w http.ResponseWriter, r *http.Request, _ *session) {
	id, ok := parseID("ord", strings.TrimPrefix(r.URL.Path, "/v1/orders/"))
	if !ok {
		reject(w, 404, "Not found")
		return
	}
	found, err := s.store.find(r.Context(), id)
	switch {
	case err != nil:
		reject(w, 503, "Store unavailable")
	case found == nil:
		reject(w, 404, "Not found")
	default:
		respond(w, 200, found)
	}
}

func (s *server) list(w http.ResponseWriter, r *http.Request) {
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	if limit < 1 || limit > 200 {
		limit = 50
	}
	page, err := s.store.list(r.Context(), limit)
	if err != nil {
		reject(w, 503, "Store unavailable")
		return
	}
	respond(w, 200, page)
}

func (s *server) ownSessions(w http.ResponseWriter, r *http.Request, caller *session) {
	own, err := s.sessions.of(r.Context(), caller)
	if err != nil {
		reject(w, 503, "Store unavailable")
		return
	}
	respond(w, 200, map[string]any{"data": own})
}

func main() {
	addr := flag.String("addr", "127.0.0.1:9101", "address to listen on")
	dsn := flag.String("dsn", "", "PostgreSQL; empty for a server that answers /health only")
	connections := flag.Int("pool", 16, "database connections")
	commit := flag.String("commit", "each", "each: a transaction per order; group: concurrent orders together")
	flag.Parse()

	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) {
		respond(w, 200, struct {
			Message string `json:"message"`
			Status  int    `json:"status"`
		}{"Service is healthy", 200})
	})
	if *dsn != "" {
		store, err := openStore(context.Background(), *dsn, *connections, *commit == "group")
		if err != nil {
			log.Fatal(err)
		}
		s := &server{store, newSessions(store.pool)}
		http.HandleFunc("/v1/quotes", s.signedIn(s.quote))
		http.HandleFunc("/v1/orders", s.signedIn(s.orders))
		http.HandleFunc("/v1/orders/", s.signedIn(s.order))
		http.HandleFunc("/v1/sessions", s.signedIn(s.ownSessions))
	}
	log.Fatal(http.ListenAndServe(*addr, nil))
}
